//! Levers: changes to how work is organised, each with its evidence, and a unit's board of them.

use chrono::NaiveDate;

use crate::{LeverPlanId, UnitId};

/// What part of work a lever changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeverCategory {
    /// Enough people.
    Staffing,
    /// Demands that fit.
    Workload,
    /// Working times.
    Scheduling,
    /// A say in the work.
    Autonomy,
    /// Knowing what comes first.
    RoleClarity,
    /// Support and fairness.
    Leadership,
    /// Breaks, leave and switching off.
    Recovery,
    /// Dose of others' pain, and supervision.
    TraumaExposure,
    /// Seeing the good done.
    Recognition,
}

impl LeverCategory {
    /// All categories, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Staffing,
        Self::Workload,
        Self::Scheduling,
        Self::Autonomy,
        Self::RoleClarity,
        Self::Leadership,
        Self::Recovery,
        Self::TraumaExposure,
        Self::Recognition,
    ];

    /// Heading for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Staffing => "Staffing",
            Self::Workload => "Workload",
            Self::Scheduling => "Scheduling",
            Self::Autonomy => "Autonomy",
            Self::RoleClarity => "Role clarity",
            Self::Leadership => "Leadership",
            Self::Recovery => "Breaks and recovery",
            Self::TraumaExposure => "Trauma exposure and supervision",
            Self::Recognition => "Recognition and meaning",
        }
    }
}

/// What a lever is expected to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Construct {
    /// Exhaustion.
    Exhaustion,
    /// Mental distance.
    MentalDistance,
    /// Reduced efficacy.
    ReducedEfficacy,
    /// Secondary traumatic stress.
    SecondaryTraumaticStress,
    /// Compassion satisfaction.
    CompassionSatisfaction,
}

/// How well a lever is supported by research.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// RCT, or meta-analysis/overview of controlled organisational interventions.
    A,
    /// controlled, quasi-experimental or longitudinal change study, or review of such.
    B,
    /// associations only.
    C,
    /// guideline, standard, theory or expert consensus.
    D,
}

/// A change an organisation can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lever {
    /// Stable name, such as `WL1`.
    pub id: &'static str,
    /// What part of work it changes.
    pub category: LeverCategory,
    /// What to do.
    pub text: &'static str,
    /// What it is expected to move.
    pub moves: &'static [Construct],
    /// How well it is supported.
    pub evidence: Evidence,
    /// Keys into [`REFERENCES`].
    pub references: &'static [&'static str],
}

/// A source that levers cite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// Key, such as `Bes2023`.
    pub key: &'static str,
    /// Who found what, in one line.
    pub citation: &'static str,
    /// Where to read it.
    pub url: &'static str,
}

/// The lever with this stable name.
pub fn lever(id: &str) -> Option<&'static Lever> {
    LEVERS.iter().find(|it| it.id == id)
}

/// Where a lever stands on a unit's board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeverStatus {
    /// Thinking about it.
    Considered,
    /// Being tried.
    Trying,
    /// Tried and kept.
    Kept,
    /// Tried and stopped: a normal, unshamed end.
    Stopped,
}

impl LeverStatus {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Considered, Self::Trying, Self::Kept, Self::Stopped];

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Considered => "considered",
            Self::Trying => "trying",
            Self::Kept => "kept",
            Self::Stopped => "stopped",
        }
    }

    /// The status with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// Whether the unit's manager can pull a lever alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Mine to change.
    Mine,
    /// To be escalated.
    Escalate,
}

impl Reach {
    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Escalate => "escalate",
        }
    }

    /// The reach with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Mine, Self::Escalate].into_iter().find(|it| it.code() == code)
    }
}

/// One lever on one unit's board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeverPlan {
    /// Identifier.
    pub id: LeverPlanId,
    /// Whose board.
    pub unit: UnitId,
    /// Which lever.
    pub lever: &'static Lever,
    /// Where it stands.
    pub status: LeverStatus,
    /// Whether the unit can do it alone.
    pub reach: Reach,
    /// Role of the person who looks after it (a role, not a name); up to 80 characters.
    pub owner: String,
    /// Since when.
    pub started: NaiveDate,
    /// When to look again.
    pub review: NaiveDate,
    /// What is hoped to be noticed; up to 500 characters.
    pub note: String,
}

/// The catalogue, in our own words.
pub const LEVERS: &[Lever] = &[
    Lever {
        id: "ST1",
        category: LeverCategory::Staffing,
        text: "Set a staffing floor per shift or queue size; below it an agreed escalation starts (stop list, borrowed staff, deferred work)",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::C,
        references: &["Aiken2002", "Magnet4E"],
    },
    Lever {
        id: "ST2",
        category: LeverCategory::Staffing,
        text: "Fill vacancies and long absences within a fixed number of days; keep a float or bank pool",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::C,
        references: &["Magnet4E"],
    },
    Lever {
        id: "ST3",
        category: LeverCategory::Staffing,
        text: "Move clerical and support tasks to assistants so qualified staff do qualified work",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::B,
        references: &["ThomasCraig2021"],
    },
    Lever {
        id: "ST4",
        category: LeverCategory::Staffing,
        text: "Give new and early-career staff a lighter start and a named mentor",
        moves: &[Construct::Exhaustion, Construct::SecondaryTraumaticStress],
        evidence: Evidence::C,
        references: &["Craig2010"],
    },
    Lever {
        id: "WL1",
        category: LeverCategory::Workload,
        text: "Cap concurrent cases using weights for intensity, and review the weights each quarter",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::A,
        references: &["Bes2023"],
    },
    Lever {
        id: "WL2",
        category: LeverCategory::Workload,
        text: "Hold a quarterly stop-list session: end reports, approvals and steps nobody needs",
        moves: &[Construct::Exhaustion, Construct::MentalDistance],
        evidence: Evidence::B,
        references: &["Linzer2015", "ThomasCraig2021"],
    },
    Lever {
        id: "WL3",
        category: LeverCategory::Workload,
        text: "Redesign one broken workflow at a time, chosen by the staff who use it",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::A,
        references: &["Linzer2015"],
    },
    Lever {
        id: "WL4",
        category: LeverCategory::Workload,
        text: "Cut record-keeping time: fewer mandatory fields, templates, help with data entry",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::B,
        references: &["Kang2023", "ThomasCraig2021"],
    },
    Lever {
        id: "WL5",
        category: LeverCategory::Workload,
        text: "Put workload on the agenda of every planning meeting and let deadlines move when capacity drops",
        moves: &[Construct::Exhaustion, Construct::ReducedEfficacy],
        evidence: Evidence::A,
        references: &["Bes2023"],
    },
    Lever {
        id: "WL6",
        category: LeverCategory::Workload,
        text: "Check throughput targets against real handling times before they are set",
        moves: &[Construct::Exhaustion, Construct::ReducedEfficacy],
        evidence: Evidence::D,
        references: &["HSEMS", "ISO45003"],
    },
    Lever {
        id: "SC1",
        category: LeverCategory::Scheduling,
        text: "Limit shifts of 12 hours or more and runs of consecutive long days",
        moves: &[Construct::Exhaustion, Construct::MentalDistance, Construct::ReducedEfficacy],
        evidence: Evidence::C,
        references: &["DallOra2015"],
    },
    Lever {
        id: "SC2",
        category: LeverCategory::Scheduling,
        text: "Let the team draft its own roster within agreed rules",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::A,
        references: &["Aust2023"],
    },
    Lever {
        id: "SC3",
        category: LeverCategory::Scheduling,
        text: "Publish rosters early and pay or compensate late changes",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::B,
        references: &["Aust2023"],
    },
    Lever {
        id: "SC4",
        category: LeverCategory::Scheduling,
        text: "Guarantee at least 11 hours between shifts and a recovery day after nights",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::C,
        references: &["Vedaa2016"],
    },
    Lever {
        id: "SC5",
        category: LeverCategory::Scheduling,
        text: "Pilot shorter hours for the same pay, with work redesign first",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::B,
        references: &["Fan2025"],
    },
    Lever {
        id: "SC6",
        category: LeverCategory::Scheduling,
        text: "Track overtime per team, cap it and give the time back",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::C,
        references: &["Griffiths2014"],
    },
    Lever {
        id: "SC7",
        category: LeverCategory::Scheduling,
        text: "Alternate heavy and light encounters and leave a buffer after the heaviest",
        moves: &[Construct::SecondaryTraumaticStress, Construct::Exhaustion],
        evidence: Evidence::D,
        references: &["Hensel2015"],
    },
    Lever {
        id: "AU1",
        category: LeverCategory::Autonomy,
        text: "Write down what staff may decide alone about method, order and pace",
        moves: &[Construct::Exhaustion, Construct::MentalDistance],
        evidence: Evidence::A,
        references: &["Aust2023"],
    },
    Lever {
        id: "AU2",
        category: LeverCategory::Autonomy,
        text: "Run a staff problem-solving group with a budget and a right to an answer within a month",
        moves: &[Construct::Exhaustion, Construct::MentalDistance],
        evidence: Evidence::A,
        references: &["Bes2023", "Panagioti2017"],
    },
    Lever {
        id: "AU3",
        category: LeverCategory::Autonomy,
        text: "Offer choice of place and time of work wherever the task allows",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::B,
        references: &["Joyce2010", "WHO2022"],
    },
    Lever {
        id: "RO1",
        category: LeverCategory::RoleClarity,
        text: "State the top three priorities and name one person who settles clashes",
        moves: &[Construct::Exhaustion, Construct::ReducedEfficacy],
        evidence: Evidence::C,
        references: &["Ortqvist2006"],
    },
    Lever {
        id: "RO2",
        category: LeverCategory::RoleClarity,
        text: "Hold people to account only for outcomes they can influence",
        moves: &[Construct::ReducedEfficacy, Construct::MentalDistance],
        evidence: Evidence::D,
        references: &["AWS"],
    },
    Lever {
        id: "RO3",
        category: LeverCategory::RoleClarity,
        text: "Consult before a change, explain how it will work, review it after six weeks",
        moves: &[Construct::MentalDistance],
        evidence: Evidence::C,
        references: &["HSEMS"],
    },
    Lever {
        id: "LE1",
        category: LeverCategory::Leadership,
        text: "Train line managers in supportive behaviour and give them feedback from their team",
        moves: &[Construct::Exhaustion, Construct::MentalDistance],
        evidence: Evidence::B,
        references: &["WHO2022", "Shanafelt2015"],
    },
    Lever {
        id: "LE2",
        category: LeverCategory::Leadership,
        text: "Hold regular one-to-ones where workload and emotional load are fixed topics",
        moves: &[
            Construct::Exhaustion,
            Construct::SecondaryTraumaticStress,
            Construct::CompassionSatisfaction,
        ],
        evidence: Evidence::C,
        references: &["Hunsaker2015"],
    },
    Lever {
        id: "LE3",
        category: LeverCategory::Leadership,
        text: "Share pulse results with the team and name one or two actions within two weeks",
        moves: &[Construct::MentalDistance],
        evidence: Evidence::B,
        references: &["Linzer2015"],
    },
    Lever {
        id: "LE4",
        category: LeverCategory::Leadership,
        text: "Leaders ask for bad news, thank the messenger and report what was done",
        moves: &[Construct::MentalDistance],
        evidence: Evidence::C,
        references: &["Mete2022"],
    },
    Lever {
        id: "LE5",
        category: LeverCategory::Leadership,
        text: "Use a visible, fair rule for sharing unpopular or heavy work",
        moves: &[Construct::MentalDistance, Construct::SecondaryTraumaticStress],
        evidence: Evidence::C,
        references: &["AWS"],
    },
    Lever {
        id: "LE6",
        category: LeverCategory::Leadership,
        text: "Deal early with bullying and conflict; run a respect programme where incivility is common",
        moves: &[Construct::MentalDistance],
        evidence: Evidence::B,
        references: &["Leiter2011"],
    },
    Lever {
        id: "NO1",
        category: LeverCategory::Recovery,
        text: "Protect breaks with named cover and check that they happen",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::A,
        references: &["Albulescu2022"],
    },
    Lever {
        id: "NO2",
        category: LeverCategory::Recovery,
        text: "Agree reply times and quiet hours for messages outside shifts",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::C,
        references: &["Karabinski2021"],
    },
    Lever {
        id: "NO3",
        category: LeverCategory::Recovery,
        text: "See that leave is taken and that nobody is contacted while away",
        moves: &[Construct::Exhaustion],
        evidence: Evidence::D,
        references: &["HSEMS", "WHO2022"],
    },
    Lever {
        id: "NO4",
        category: LeverCategory::Recovery,
        text: "Put a short end-of-shift close-out inside paid time: hand over, park, leave",
        moves: &[Construct::Exhaustion, Construct::SecondaryTraumaticStress],
        evidence: Evidence::D,
        references: &["Karabinski2021"],
    },
    Lever {
        id: "TR1",
        category: LeverCategory::TraumaExposure,
        text: "Spread trauma-heavy cases across the team and cap hours of direct exposure",
        moves: &[Construct::SecondaryTraumaticStress],
        evidence: Evidence::C,
        references: &["Bober2006", "Hensel2015"],
    },
    Lever {
        id: "TR2",
        category: LeverCategory::TraumaExposure,
        text: "Provide regular, good-quality reflective supervision in paid time, separate from performance review",
        moves: &[Construct::Exhaustion, Construct::SecondaryTraumaticStress],
        evidence: Evidence::B,
        references: &["Martin2021"],
    },
    Lever {
        id: "TR3",
        category: LeverCategory::TraumaExposure,
        text: "Adopt an STS-informed programme: policy, leadership, training, practice, yearly check",
        moves: &[Construct::SecondaryTraumaticStress, Construct::Exhaustion],
        evidence: Evidence::B,
        references: &["Sprang2021", "STSPAT2022"],
    },
    Lever {
        id: "TR4",
        category: LeverCategory::TraumaExposure,
        text: "Run voluntary facilitated forums on the emotional side of the work",
        moves: &[Construct::SecondaryTraumaticStress],
        evidence: Evidence::B,
        references: &["Dawson2021"],
    },
    Lever {
        id: "TR5",
        category: LeverCategory::TraumaExposure,
        text: "After a critical incident offer practical help, peer follow-up and monitoring; never compulsory single-session debriefing",
        moves: &[Construct::SecondaryTraumaticStress],
        evidence: Evidence::A,
        references: &["Rose2002", "Billings2023"],
    },
    Lever {
        id: "TR6",
        category: LeverCategory::TraumaExposure,
        text: "Train staff in evidence-based methods for the problems they face",
        moves: &[
            Construct::SecondaryTraumaticStress,
            Construct::CompassionSatisfaction,
            Construct::ReducedEfficacy,
        ],
        evidence: Evidence::C,
        references: &["Craig2010"],
    },
    Lever {
        id: "TR7",
        category: LeverCategory::TraumaExposure,
        text: "Remove needless exposure: redact, blur, warn before, allow opt-out",
        moves: &[Construct::SecondaryTraumaticStress],
        evidence: Evidence::D,
        references: &["STSPAT2022"],
    },
    Lever {
        id: "TR8",
        category: LeverCategory::TraumaExposure,
        text: "Give a confidential self-referral route to trauma-competent care and repeat how to use it",
        moves: &[Construct::SecondaryTraumaticStress],
        evidence: Evidence::D,
        references: &["STSPAT2022", "WHO2022"],
    },
    Lever {
        id: "TR9",
        category: LeverCategory::TraumaExposure,
        text: "Fund small peer groups with a facilitator in protected time",
        moves: &[Construct::MentalDistance, Construct::SecondaryTraumaticStress],
        evidence: Evidence::A,
        references: &["West2014"],
    },
    Lever {
        id: "CS1",
        category: LeverCategory::Recognition,
        text: "Bring back news of outcomes: what happened to the people the team helped",
        moves: &[Construct::CompassionSatisfaction, Construct::ReducedEfficacy],
        evidence: Evidence::D,
        references: &["AWS"],
    },
    Lever {
        id: "CS2",
        category: LeverCategory::Recognition,
        text: "Recognise specific good work, close to when it happened, and keep effort and reward in balance",
        moves: &[Construct::MentalDistance, Construct::CompassionSatisfaction],
        evidence: Evidence::D,
        references: &["AWS"],
    },
    Lever {
        id: "CS3",
        category: LeverCategory::Recognition,
        text: "Protect time for skills, case consultation and teaching",
        moves: &[Construct::CompassionSatisfaction, Construct::ReducedEfficacy],
        evidence: Evidence::C,
        references: &["Craig2010"],
    },
    Lever {
        id: "CS4",
        category: LeverCategory::Recognition,
        text: "Offer short voluntary exercises on what went well, as an addition and never instead of workload measures",
        moves: &[Construct::Exhaustion, Construct::CompassionSatisfaction],
        evidence: Evidence::B,
        references: &["Profit2021"],
    },
    Lever {
        id: "CS5",
        category: LeverCategory::Recognition,
        text: "Let each person spend a fixed share (about a fifth) of time on the work they find most meaningful",
        moves: &[Construct::Exhaustion, Construct::CompassionSatisfaction],
        evidence: Evidence::C,
        references: &["Shanafelt2009"],
    },
];

/// What must not be offered as a first step, and why.
pub const NOT_FIRST_LINE: &[(&str, &str)] = &[
    ("Compulsory single-session psychological debriefing", "no benefit, possible harm"),
    ("Survey feedback without action", "no group effect on burnout"),
    (
        "Only individual well-being offers (apps, courses)",
        "no better outcomes than non-participants",
    ),
    (
        "Individual mental-health screening through the pulse",
        "WHO makes no recommendation for or against; needs consent, care pathway",
    ),
];

/// The sources that levers cite.
pub const REFERENCES: &[Reference] = &[
    Reference {
        key: "Bes2023",
        citation: "Bes et al. 2023, Int Arch Occup Environ Health: 13 studies, overall -0.30 on exhaustion; participatory -0.34; workload -0.44; GRADE very low",
        url: "https://doi.org/10.1007/s00420-023-02009-z",
    },
    Reference {
        key: "Aust2023",
        citation: "Aust et al. 2023, Scand J Work Environ Health 49(5): 52 reviews / 957 studies; strong quality of evidence for changes in working-time arrangements and for burnout as outcome; moderate for influence on tasks",
        url: "https://doi.org/10.5271/sjweh.4097",
    },
    Reference {
        key: "Panagioti2017",
        citation: "Panagioti et al. 2017, JAMA Intern Med: all -0.29 [-0.42,-0.16]; organisation-directed -0.45 [-0.62,-0.28]; n=1550 physicians",
        url: "https://doi.org/10.1001/jamainternmed.2016.7674",
    },
    Reference {
        key: "Linzer2015",
        citation: "Linzer et al. 2015, J Gen Intern Med, cluster RCT 34 clinics: workflow OR 5.9, targeted QI OR 4.8 for less burnout; data feedback alone no group effect",
        url: "https://doi.org/10.1007/s11606-015-3235-4",
    },
    Reference {
        key: "ThomasCraig2021",
        citation: "Thomas Craig et al. 2021, JAMIA: 38 intervention studies on digital-tool burden, 68% improved burnout or a proxy",
        url: "https://doi.org/10.1093/jamia/ocaa301",
    },
    Reference {
        key: "Kang2023",
        citation: "Kang & Sarkar 2023, Appl Clin Inform: 44 studies on record-system burden (scribes, training, redesign), weak designs",
        url: "https://doi.org/10.1055/a-2203-3787",
    },
    Reference {
        key: "DallOra2015",
        citation: "Dall'Ora et al. 2015, BMJ Open: 31,627 nurses; shifts >=12 h vs <=8 h: exhaustion aOR 1.26, depersonalisation 1.21, low accomplishment 1.39",
        url: "https://doi.org/10.1136/bmjopen-2015-008331",
    },
    Reference {
        key: "Griffiths2014",
        citation: "Griffiths et al. 2014, Med Care: same cohort; overtime linked to worse safety/quality (OR 1.67 / 1.32) and care left undone",
        url: "https://doi.org/10.1097/MLR.0000000000000233",
    },
    Reference {
        key: "Fan2025",
        citation: "Fan et al. 2025, Nat Hum Behav: 4-day week without pay cut after work redesign, 2,896 staff / 141 organisations vs 12 controls; burnout improved",
        url: "https://doi.org/10.1038/s41562-025-02259-6",
    },
    Reference {
        key: "Albulescu2022",
        citation: "Albulescu et al. 2022, PLoS ONE meta-analysis of short breaks: fatigue d=.35, vigour d=.36",
        url: "https://doi.org/10.1371/journal.pone.0272460",
    },
    Reference {
        key: "Shanafelt2015",
        citation: "Shanafelt et al. 2015, Mayo Clin Proc: each 1 point (range 12-60) of leader score -> 3.3% lower burnout likelihood; r2=.11 at department level",
        url: "https://doi.org/10.1016/j.mayocp.2015.01.012",
    },
    Reference {
        key: "Mete2022",
        citation: "Mete et al. 2022, BMJ Open: 5,416 physicians; top vs bottom third of leader behaviour, burnout OR 0.52",
        url: "https://doi.org/10.1136/bmjopen-2021-057554",
    },
    Reference {
        key: "WHO2022",
        citation: "WHO guidelines on mental health at work 2022: 12 recommendations, most conditional; manager training strong; no recommendation for or against screening programmes",
        url: "https://www.ncbi.nlm.nih.gov/books/NBK586374/",
    },
    Reference {
        key: "Hensel2015",
        citation: "Hensel et al. 2015, J Trauma Stress, 38 studies: STS with trauma caseload volume r=.16, frequency .12, ratio .19; work support -.17; social support -.26",
        url: "https://doi.org/10.1002/jts.21998",
    },
    Reference {
        key: "Bober2006",
        citation: "Bober & Regehr 2006, Brief Treat Crisis Interv, n=259: hours with trauma clients best predictor; time spent on coping strategies unrelated",
        url: "https://doi.org/10.1093/brief-treatment/mhj001",
    },
    Reference {
        key: "Craig2010",
        citation: "Craig & Sprang 2010, Anxiety Stress Coping, n=532: evidence-based practice use -> lower CF and burnout, higher CS; younger staff more burnout",
        url: "https://doi.org/10.1080/10615800903085818",
    },
    Reference {
        key: "Hunsaker2015",
        citation: "Hunsaker et al. 2015, J Nurs Scholarsh: manager support predicts lower burnout and CF, higher CS in emergency nurses",
        url: "https://doi.org/10.1111/jnu.12122",
    },
    Reference {
        key: "Sprang2021",
        citation: "Sprang, Lei & Bush 2021, Am J Orthopsychiatry: 2,345 responses, 7 groups; STS and burnout fell as the organisation became more STS-informed",
        url: "https://doi.org/10.1037/ort0000546",
    },
    Reference {
        key: "STSPAT2022",
        citation: "Sprang et al. 2022, STS Policy Analysis Tool (30 questions, four parts), Univ. of Kentucky",
        url: "https://ctac.uky.edu/stsi-oa/stsi-oa-faq",
    },
    Reference {
        key: "Dawson2021",
        citation: "Schwartz Rounds pre-post control, 10 UK organisations, BMC Health Serv Res 2021: distress OR 0.197 [0.047,0.823]; no effect on engagement or compassion",
        url: "https://doi.org/10.1186/s12913-021-06413-4",
    },
    Reference {
        key: "Rose2002",
        citation: "Rose et al. Cochrane CD000560, 15 trials: single-session individual debriefing does not prevent PTSD; one trial higher risk at 1 year (OR 2.51)",
        url: "https://doi.org/10.1002/14651858.CD000560",
    },
    Reference {
        key: "Billings2023",
        citation: "Post-incident psychosocial interventions at work, Eur J Psychotraumatol 2023: 80 studies, 11 guidelines",
        url: "https://doi.org/10.1080/20008066.2023.2281751",
    },
    Reference {
        key: "Martin2021",
        citation: "Martin et al. 2021, PLoS ONE, 32 studies: effective supervision linked with lower burnout and better retention; poor supervision with more stress",
        url: "https://doi.org/10.1371/journal.pone.0260156",
    },
    Reference {
        key: "West2014",
        citation: "West et al. 2014, JAMA Intern Med RCT n=74: facilitated peer groups in protected time; high depersonalisation fell, still at 12 months",
        url: "https://doi.org/10.1001/jamainternmed.2013.14387",
    },
    Reference {
        key: "Profit2021",
        citation: "Profit et al. 2021, J Perinatol RCT (WISER web modules, NICU staff): burnout -5.27 [-10.44,-0.10]",
        url: "https://doi.org/10.1038/s41372-021-01100-y",
    },
    Reference {
        key: "Magnet4E",
        citation: "Aiken et al. 2024, BMJ Open, 64 hospitals / 6 countries: clinicians rank better staffing (79% of nurses) and less bureaucracy (44% of physicians) first",
        url: "https://doi.org/10.1136/bmjopen-2023-079931",
    },
    Reference {
        key: "AWS",
        citation: "Leiter & Maslach, six areas of worklife (workload, control, reward, community, fairness, values)",
        url: "https://doi.org/10.4324/9780429468339-3",
    },
    Reference {
        key: "HSEMS",
        citation: "UK HSE Management Standards: demands, control, support, relationships, role, change",
        url: "https://www.hse.gov.uk/stress/standards/",
    },
    Reference {
        key: "Cieslak2014",
        citation: "Cieslak et al. 2014, Psychol Serv, 41 studies: burnout-STS r=.69 (.74 with compassion-fatigue instruments)",
        url: "https://doi.org/10.1037/a0033798",
    },
    Reference {
        key: "Aiken2002",
        citation: "Aiken et al. 2002, JAMA: each extra patient per nurse ~ +23% odds of burnout",
        url: "https://doi.org/10.1001/jama.288.16.1987",
    },
    Reference {
        key: "Leiter2011",
        citation: "Leiter et al. 2011, J Appl Psychol: civility programme (CREW), cynicism fell vs controls",
        url: "https://doi.org/10.1037/a0024442",
    },
    Reference {
        key: "Karabinski2021",
        citation: "Karabinski et al. 2021, J Occup Health Psychol meta-analysis: detachment interventions d about .36",
        url: "https://doi.org/10.1037/ocp0000280",
    },
    Reference {
        key: "Ortqvist2006",
        citation: "Ortqvist & Wincent 2006, Int J Stress Manag meta-analysis: role ambiguity/conflict/overload and exhaustion",
        url: "https://doi.org/10.1037/1072-5245.13.4.399",
    },
    Reference {
        key: "Vedaa2016",
        citation: "Vedaa et al. 2016, Ergonomics: review of quick returns (<11 h between shifts)",
        url: "https://doi.org/10.1080/00140139.2015.1052020",
    },
    Reference {
        key: "Shanafelt2009",
        citation: "Shanafelt et al. 2009, Arch Intern Med: <20% of time on most meaningful work -> more burnout",
        url: "https://doi.org/10.1001/archinternmed.2009.70",
    },
    Reference {
        key: "ISO45003",
        citation: "ISO 45003:2021 psychological health and safety at work: hazards from work organisation, social factors, environment",
        url: "https://www.iso.org/standard/64283.html",
    },
    Reference {
        key: "Fleming2024",
        citation: "Fleming 2024, Ind Relat J: individual-level well-being offers show no better outcomes for participants",
        url: "https://doi.org/10.1111/irj.12418",
    },
    Reference {
        key: "Joyce2010",
        citation: "Joyce et al. 2010, Cochrane CD008009: flexible working with worker control has positive health effects",
        url: "https://doi.org/10.1002/14651858.CD008009.pub2",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lever_has_a_source_and_every_category_a_lever() {
        for it in LEVERS {
            assert!(!it.moves.is_empty() && !it.references.is_empty(), "{}", it.id);
            for key in it.references {
                assert!(REFERENCES.iter().any(|r| r.key == *key), "{} cites {key}", it.id);
            }
        }
        for category in LeverCategory::ALL {
            assert!(LEVERS.iter().any(|it| it.category == category));
        }
        assert_eq!(LEVERS.len(), 47);
        assert_eq!(lever("WL1").map(|it| it.category), Some(LeverCategory::Workload));
    }
}
