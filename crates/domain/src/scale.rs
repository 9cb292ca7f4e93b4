//! The three scales that are published.

/// One of the three published scales. Scores run from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// Burnout (WHO, ICD-11 QD85): exhaustion, mental distance, reduced efficacy. Higher is heavier.
    Burnout,
    /// Secondary traumatic stress: strain from others' trauma. Higher is heavier.
    SecondaryTraumaticStress,
    /// Compassion satisfaction: the good in the work. Lower is heavier.
    CompassionSatisfaction,
}

impl Scale {
    /// All scales, in the order in which they are always shown.
    pub const ALL: [Self; 3] =
        [Self::Burnout, Self::SecondaryTraumaticStress, Self::CompassionSatisfaction];

    /// Short stable name for files, columns and addresses: `burnout`, `sts`, `cs`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Burnout => "burnout",
            Self::SecondaryTraumaticStress => "sts",
            Self::CompassionSatisfaction => "cs",
        }
    }

    /// The scale with this [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// +1 if a higher score is a heavier load, −1 if a lower one is.
    pub const fn load_sign(self) -> f64 {
        match self {
            Self::Burnout | Self::SecondaryTraumaticStress => 1.0,
            Self::CompassionSatisfaction => -1.0,
        }
    }
}

/// One value for each scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PerScale<T> {
    /// For [`Scale::Burnout`].
    pub burnout: T,
    /// For [`Scale::SecondaryTraumaticStress`].
    pub sts: T,
    /// For [`Scale::CompassionSatisfaction`].
    pub cs: T,
}

impl<T> PerScale<T> {
    /// Builds each value from its scale.
    pub fn from_fn(mut f: impl FnMut(Scale) -> T) -> Self {
        Self {
            burnout: f(Scale::Burnout),
            sts: f(Scale::SecondaryTraumaticStress),
            cs: f(Scale::CompassionSatisfaction),
        }
    }

    /// The value for `scale`.
    pub const fn get(&self, scale: Scale) -> &T {
        match scale {
            Scale::Burnout => &self.burnout,
            Scale::SecondaryTraumaticStress => &self.sts,
            Scale::CompassionSatisfaction => &self.cs,
        }
    }

    /// The value for `scale`, to be changed.
    pub const fn get_mut(&mut self, scale: Scale) -> &mut T {
        match scale {
            Scale::Burnout => &mut self.burnout,
            Scale::SecondaryTraumaticStress => &mut self.sts,
            Scale::CompassionSatisfaction => &mut self.cs,
        }
    }

    /// Each scale with its value, in the fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (Scale, &T)> {
        Scale::ALL.into_iter().map(|it| (it, self.get(it)))
    }

    /// Applies `f` to each value.
    pub fn map<U>(&self, mut f: impl FnMut(&T) -> U) -> PerScale<U> {
        PerScale { burnout: f(&self.burnout), sts: f(&self.sts), cs: f(&self.cs) }
    }
}
