//! Who comes, where and when: people of a health service, with shares from surveys. What no survey
//! tells is an assumption, and says so.

use rand::Rng;

/// People who come to answer in one wave.
pub(super) const PEOPLE: usize = 400;
/// People of a team, who share the team's computers.
const TEAM: usize = 12;
/// Computers of a team. Assumption.
const TEAM_COMPUTERS: usize = 2;

/// Days before the opening on which tokens can be picked up, and days on which answers are taken: the
/// settings `wave.pickup_days` and `wave.wave_days` as shipped.
pub(super) const AHEAD: i32 = 7;
pub(super) const OPEN: i32 = 14;
/// Days without a visit after which WebKit deletes what scripts stored.
/// <https://webkit.org/blog/10218/full-third-party-cookie-blocking-and-more/>, 2020.
pub(super) const WEBKIT_KEEPS: i32 = 7;

/// Share of nurses' smartphones that are iPhones; 564 nurses of five hospitals.
/// Mobasheri et al. 2015, BMJ Innovations 1:174, <https://innovations.bmj.com/content/1/4/174>.
const IPHONE: f64 = 0.584;
/// Share of people who use at least two kinds of computing device.
/// NTIA 2018, Computer and Internet Use Supplement of November 2017.
const SEVERAL_DEVICES: f64 = 0.62;
/// Share of those who begin something on one device and go on with it on another.
/// `GfK` for Facebook 2014, online adults in the United States and United Kingdom.
const MOVES_ON: f64 = 0.40;
/// Share of people who use private windows every day: 46 % use them, 33 % of those daily.
/// `DuckDuckGo` 2017, "A Study on Private Browsing", 5,710 people.
const PRIVATE_PEOPLE: f64 = 0.46 * 0.33;
/// Share of those people's visits that are made so. Assumption.
const PRIVATE_VISITS: f64 = 1.0 / 3.0;
/// Share of mail opened in another program than Apple's: Gmail, Outlook, Yahoo, of what is opened in
/// these or Apple's. Litmus, April 2022. Half of those programs show links in a window of their own:
/// assumption. That window keeps things apart from the phone's browser.
const INSIDE_MAIL_APP: f64 = 0.40 * 0.5;
/// Share of visits at a computer that a team shares. Assumption; 62 % of workers use a computer for work
/// and 40 % a phone, Deloitte 2018, "Mobile Readiness for Work".
const TEAM_COMPUTER: f64 = 0.30;
/// Share of visits at a computer at home, among people who have one. Assumption.
const HOME_COMPUTER: f64 = 0.15;
/// Share of a team's computers that forget everything when somebody signs off. Assumption.
const WIPED: f64 = 0.5;
/// Chance that a visit ends between the first page and Send: 0.17 percentage points for each page of
/// eleven. Vehovar et al. 2017, 7,676 web surveys,
/// <http://www.websm.org/db/12/18916/Web%20Survey%20Bibliography/>.
const BREAKS_OFF: f64 = 0.0017 * 11.0;
/// Share of browsers whose data are cleared, or whose device is replaced, in the three weeks. Assumption: a
/// new device every three years and a half, and as many who clear.
const CLEARED: f64 = 2.0 * 3.0 / (3.5 * 52.0);
/// Share of people who sign in in the week before a wave opens. Assumption: about as many as read results
/// or plan changes in a month.
pub(super) const SIGN_IN_AHEAD: f64 = 0.25;
/// How often people come back when they could not answer. Assumption.
const COMES_BACK: usize = 3;

/// Share of all answers that come on each of the first seven days after a mail: 30 % on the first, 6 % on
/// the second and third, 60 % by the end of the week; a reminder after a week brings the rest in the same
/// way. A review of online surveys at <https://masterilo.ru/a-232817.html>.
const BY_DAY: [f64; 7] = [0.30, 0.06, 0.06, 0.045, 0.045, 0.045, 0.045];
const FIRST_WEEK: f64 = 0.60;

/// What somebody opens our pages with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Place {
    /// The browser of an iPhone, whichever it is: all are WebKit.
    IPhone,
    /// A mail app's own window on an iPhone: WebKit, with storage of its own.
    MailAppOnIPhone,
    Android,
    HomeComputer,
    /// A computer that a team shares.
    TeamComputer,
    /// A private window.
    Private,
}

impl Place {
    pub(super) const fn is_webkit(self) -> bool {
        matches!(self, Self::IPhone | Self::MailAppOnIPhone)
    }

    /// Whether the product takes what is kept there to last: nobody else's, and not WebKit.
    pub(super) const fn lasts(self) -> bool {
        matches!(self, Self::Android | Self::HomeComputer)
    }
}

/// One browser's storage. Two visits with the same find what the other left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Browser {
    Own(usize, Place),
    /// Of a team, by number; whether it forgets at each sign-off.
    Team {
        team: usize,
        number: usize,
        wiped: bool,
    },
    /// A window that is never opened again.
    Once(usize, usize),
}

/// Somebody opens our pages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit {
    pub(super) person: usize,
    /// Days since the opening; negative before it.
    pub(super) day: i32,
    /// Within the day; only the order counts.
    moment: u32,
    pub(super) place: Place,
    pub(super) browser: Browser,
    /// The visit ends before Send.
    pub(super) breaks_off: bool,
}

/// What 400 people do around one wave.
pub(super) struct Wave {
    /// In the order in which they happen.
    pub(super) visits: Vec<Visit>,
    /// The day on which what a person's own browser kept is cleared, if it is; by person and place.
    cleared: Vec<[Option<i32>; 6]>,
}

impl Wave {
    /// Draws a wave in which `ahead` of all sign in during the week before.
    pub(super) fn random(ahead: f64, random: &mut impl Rng) -> Self {
        let wiped: Vec<bool> = (0..=PEOPLE / TEAM * TEAM_COMPUTERS + TEAM_COMPUTERS)
            .map(|_| random.random_bool(WIPED))
            .collect();
        let mut visits = Vec::new();
        let mut cleared = Vec::new();
        for person in 0..PEOPLE {
            let habits = Habits::random(random);
            let mut place = habits.place(random);
            for (count, day) in days(ahead, random).into_iter().enumerate() {
                if count > 0 && habits.several && random.random_bool(MOVES_ON) {
                    place = habits.place(random);
                }
                let browser = match place {
                    Place::Private => Browser::Once(person, count),
                    Place::TeamComputer => {
                        let (team, number) = (team(person), random.random_range(0..TEAM_COMPUTERS));
                        let wiped = wiped[team * TEAM_COMPUTERS + number];
                        Browser::Team { team, number, wiped }
                    }
                    own => Browser::Own(person, own),
                };
                let (moment, breaks_off) = (random.random(), random.random_bool(BREAKS_OFF));
                visits.push(Visit { person, day, moment, place, browser, breaks_off });
            }
            cleared.push(std::array::from_fn(|_| {
                random.random_bool(CLEARED).then(|| random.random_range(-AHEAD..OPEN))
            }));
        }
        visits.sort_by_key(|it| (it.day, it.moment));
        Self { visits, cleared }
    }

    /// Whether what `browser` kept after `from` is cleared by its person until `to`, days.
    pub(super) fn is_cleared(&self, browser: Browser, from: i32, to: i32) -> bool {
        let Browser::Own(person, place) = browser else { return false };
        self.cleared[person][place as usize].is_some_and(|it| from < it && it <= to)
    }
}

/// The team of somebody.
pub(super) const fn team(person: usize) -> usize {
    person / TEAM
}

struct Habits {
    iphone: bool,
    several: bool,
    private: bool,
    inside_mail_app: bool,
}

impl Habits {
    fn random(random: &mut impl Rng) -> Self {
        Self {
            iphone: random.random_bool(IPHONE),
            several: random.random_bool(SEVERAL_DEVICES),
            private: random.random_bool(PRIVATE_PEOPLE),
            inside_mail_app: random.random_bool(INSIDE_MAIL_APP),
        }
    }

    fn place(&self, random: &mut impl Rng) -> Place {
        if self.private && random.random_bool(PRIVATE_VISITS) {
            return Place::Private;
        }
        if random.random_bool(TEAM_COMPUTER) {
            return Place::TeamComputer;
        }
        if self.several && random.random_bool(HOME_COMPUTER) {
            return Place::HomeComputer;
        }
        match (self.iphone, self.inside_mail_app) {
            (true, true) => Place::MailAppOnIPhone,
            (true, false) => Place::IPhone,
            (false, _) => Place::Android,
        }
    }
}

/// The days on which somebody comes: perhaps ahead, then to answer, then again for as long as it takes.
fn days(ahead: f64, random: &mut impl Rng) -> Vec<i32> {
    let mut days: Vec<i32> =
        random.random_bool(ahead).then(|| random.random_range(-AHEAD..0)).into_iter().collect();
    let mut day = answer_day(random);
    for _ in 0..=COMES_BACK {
        if day < OPEN {
            days.push(day);
        }
        day += random.random_range(1..=3);
    }
    days
}

fn answer_day(random: &mut impl Rng) -> i32 {
    let first = random.random_bool(FIRST_WEEK);
    let mut at: f64 = random.random::<f64>() * FIRST_WEEK;
    let mut day = 0;
    for share in BY_DAY {
        if at < share {
            break;
        }
        at -= share;
        day += 1;
    }
    day.min(6) + if first { 0 } else { 7 }
}
