//! Which kind of strain stands out, in words. Strain is named; nobody, and no
//! group, is said to have anything. No cause, and nothing from a level.

use tideline_aggregation::trend::{Against, Other, Root, Sign, Strain, StrainFinding};
use tideline_domain::Scale;
use tideline_text::Text;

use super::Kind;

/// What the root or buffer that `scale` stands for is called: "The work itself".
pub fn strain_name(scale: Scale, t: Text) -> String {
    t.tr(match scale {
        Scale::Burnout => "strain-work",
        Scale::SecondaryTraumaticStress => "strain-pain",
        Scale::CompassionSatisfaction => "strain-buffer-name",
    })
}

/// Which measure that is.
pub fn strain_measure(scale: Scale, t: Text) -> String {
    t.tr(match scale {
        Scale::Burnout => "strain-work-measure",
        Scale::SecondaryTraumaticStress => "strain-pain-measure",
        Scale::CompassionSatisfaction => "strain-buffer-measure",
    })
}

/// What `sign` says of `scale`, in a word or two.
pub fn sign(sign: Sign, scale: Scale, t: Text) -> String {
    let buffer = scale == Scale::CompassionSatisfaction;
    t.tr(match (sign, buffer) {
        (Sign::Learning, _) => "strain-is-learning",
        (Sign::Usual, _) => "strain-is-usual",
        (Sign::FirstHeavier, _) => "strain-is-first",
        (Sign::FirstLighter, false) => "strain-is-perhaps-lighter",
        (Sign::FirstLighter, true) => "strain-is-perhaps-stronger",
        (Sign::Heavier, false) => "strain-is-heavier",
        (Sign::Heavier, true) => "strain-is-thinner",
        (Sign::Lighter, false) => "strain-is-lighter",
        (Sign::Lighter, true) => "strain-is-stronger",
    })
}

/// The kind of `sign`, for colours.
pub const fn kind_of(sign: Sign) -> Kind {
    match sign {
        Sign::Learning => Kind::Learning,
        Sign::Usual => Kind::Usual,
        Sign::FirstHeavier | Sign::Heavier => Kind::Heavier,
        Sign::FirstLighter | Sign::Lighter => Kind::Lighter,
    }
}

/// The kind of strain in a word, for tables.
pub fn strain_short(finding: StrainFinding, t: Text) -> String {
    t.tr(match finding {
        StrainFinding::Learning { .. } => "strain-short-learning",
        StrainFinding::Nothing => "strain-short-none",
        StrainFinding::FirstSign => "strain-short-first",
        StrainFinding::Buffer => "strain-short-buffer",
        StrainFinding::One(Root::Work, _) => "strain-short-work",
        StrainFinding::One(Root::Pain, _) => "strain-short-pain",
        StrainFinding::Both => "strain-short-both",
    })
}

/// The kind of strain in sentences, judged `against` something.
pub fn strain_sentences(strain: &Strain, against: Against, t: Text) -> Vec<String> {
    let signs = &strain.signs;
    let mut said = match strain.finding {
        StrainFinding::Learning { usable, needed } => {
            return vec![t.tr2("strain-learning", "usable", usable.min(needed), "needed", needed)];
        }
        StrainFinding::FirstSign => {
            let names = [
                (signs.burnout, "strain-first-work"),
                (signs.sts, "strain-first-pain"),
                (signs.cs, "strain-first-buffer"),
            ];
            let first = names.into_iter().filter(|it| it.0 == Sign::FirstHeavier);
            let names: Vec<String> = first.map(|it| t.tr(it.1)).collect();
            vec![t.tr1("strain-first", "signs", t.list(&names))]
        }
        other => vec![t.tr(found(other, against))],
    };
    let more = [
        match (signs.cs, strain.finding) {
            (Sign::Heavier, StrainFinding::Buffer) => None,
            (Sign::Heavier, _) => Some("strain-buffer-thinner"),
            (Sign::FirstHeavier, StrainFinding::FirstSign) => None,
            (Sign::FirstHeavier, _) => Some("strain-buffer-perhaps-thinner"),
            (Sign::Lighter, _) => Some("strain-buffer-stronger"),
            (Sign::FirstLighter, _) => Some("strain-buffer-perhaps-stronger"),
            (Sign::Learning | Sign::Usual, _) => None,
        },
        match signs.burnout {
            Sign::Lighter => Some("strain-work-lighter"),
            Sign::FirstLighter => Some("strain-work-perhaps-lighter"),
            _ => None,
        },
        match signs.sts {
            Sign::Lighter => Some("strain-pain-lighter"),
            Sign::FirstLighter => Some("strain-pain-perhaps-lighter"),
            _ => None,
        },
    ];
    said.extend(more.into_iter().flatten().map(|id| t.tr(id)));
    said
}

/// The text for a finding that takes no arguments.
const fn found(finding: StrainFinding, against: Against) -> &'static str {
    match finding {
        StrainFinding::Nothing if matches!(against, Against::Rest) => "strain-none-beside",
        StrainFinding::Learning { .. } | StrainFinding::FirstSign | StrainFinding::Nothing => {
            "strain-none"
        }
        StrainFinding::Buffer => "strain-buffer",
        StrainFinding::One(Root::Work, Other::Less) => "strain-more-like-work",
        StrainFinding::One(Root::Work, Other::FirstSign) => "strain-work-first",
        StrainFinding::One(Root::Work, Other::Untold) => "strain-work-untold",
        StrainFinding::One(Root::Pain, Other::Less) => "strain-more-like-pain",
        StrainFinding::One(Root::Pain, Other::FirstSign) => "strain-pain-first",
        StrainFinding::One(Root::Pain, Other::Untold) => "strain-pain-untold",
        StrainFinding::Both => "strain-both",
    }
}

/// What stands below the picture: what it compares with, and what it is for.
pub fn strain_note(strain: &Strain, against: Against, t: Text) -> String {
    t.tr(match (strain.finding, against) {
        (StrainFinding::Learning { .. }, _) => "strain-note-learning",
        (_, Against::Rest) => "strain-note-beside",
        (_, Against::OwnPast | Against::Whole) => "strain-note-own",
    })
}

#[cfg(test)]
mod tests {
    use tideline_domain::PerScale;
    use tideline_text::Language;

    use super::*;

    const EN: Text = Text::new(Language::English);
    const DE: Text = Text::new(Language::German);
    const SIGNS: [Sign; 6] = [
        Sign::Learning,
        Sign::Usual,
        Sign::FirstHeavier,
        Sign::FirstLighter,
        Sign::Heavier,
        Sign::Lighter,
    ];

    fn findings() -> Vec<StrainFinding> {
        let mut all = vec![
            StrainFinding::Learning { usable: 3, needed: 7 },
            StrainFinding::Nothing,
            StrainFinding::FirstSign,
            StrainFinding::Buffer,
            StrainFinding::Both,
        ];
        for root in [Root::Work, Root::Pain] {
            for other in [Other::Less, Other::FirstSign, Other::Untold] {
                all.push(StrainFinding::One(root, other));
            }
        }
        all
    }

    /// Everything that can be said of the kind of strain, in one language.
    fn all(t: Text) -> Vec<String> {
        let mut said = Vec::new();
        for finding in findings() {
            for against in [Against::Rest, Against::OwnPast, Against::Whole] {
                for (burnout, sts, cs) in SIGNS
                    .into_iter()
                    .flat_map(|a| SIGNS.into_iter().map(move |b| (a, b)))
                    .flat_map(|(a, b)| SIGNS.into_iter().map(move |c| (a, b, c)))
                {
                    let strain = Strain { finding, signs: PerScale { burnout, sts, cs } };
                    said.extend(strain_sentences(&strain, against, t));
                    said.push(strain_note(&strain, against, t));
                }
            }
            said.push(strain_short(finding, t));
        }
        for scale in Scale::ALL {
            said.extend(SIGNS.map(|it| sign(it, scale, t)));
            said.extend([strain_name(scale, t), strain_measure(scale, t)]);
        }
        said.sort();
        said.dedup();
        said
    }

    /// Something lighter may have lasted where no kind of strain stands out.
    #[test]
    fn no_kind_of_strain_is_not_said_to_be_no_change() {
        assert!(!EN.tr("strain-key").contains("nothing has lasted"));
        assert!(!DE.tr("strain-key").contains("nichts hat angehalten"));
    }

    #[test]
    fn every_sentence_is_there_and_none_says_that_somebody_has_something() {
        for (t, never) in [
            (
                EN,
                &[
                    "diagnos",
                    "has burnout",
                    "have burnout",
                    "burned out",
                    "burnt out",
                    "suffer",
                    "compassion fatigue",
                    "because",
                    "caused",
                    "due to",
                    "syndrome",
                    "patient",
                    "at risk",
                    "disorder",
                    "trauma of",
                    "!",
                ][..],
            ),
            (
                DE,
                &[
                    "diagnos",
                    "hat burnout",
                    "haben burnout",
                    "ausgebrannt",
                    "leidet",
                    "leiden an",
                    "mitgefühlserschöpfung",
                    "weil",
                    "verursacht",
                    "syndrom",
                    "gefährdet",
                    "störung",
                    "!",
                ][..],
            ),
        ] {
            let said = all(t);
            assert!(said.len() > 40, "{}", said.len());
            for words in said {
                assert!(!words.is_empty() && !words.starts_with("strain-"), "{words}");
                let lower = words.to_lowercase();
                for never in never {
                    assert!(!lower.contains(never), "{never} in {words}");
                }
            }
        }
    }

    #[test]
    fn a_first_sign_names_its_measures_and_a_lasting_buffer_beside_it() {
        let strain = Strain {
            finding: StrainFinding::FirstSign,
            signs: PerScale {
                burnout: Sign::FirstHeavier,
                sts: Sign::FirstLighter,
                cs: Sign::Heavier,
            },
        };
        assert_eq!(
            strain_sentences(&strain, Against::Rest, EN),
            [
                "A first sign only: strain from the work itself. A kind of strain is named only once \
                 a change has lasted.",
                "The buffer is thinner than usual.",
                "Strain from other people's pain is perhaps lighter.",
            ]
        );
    }
}
