//! Which series of results a page shows: figures of one instrument are never set beside those of
//! another, so an organisation that has asked several has a series for each.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;
use tideline_aggregation::Release;
use tideline_domain::InstrumentId;
use tideline_report::{asked, words};
use tideline_text::Text;

use crate::{App, problem::Problem};

/// `?asked=proqol-5`: the series of this instrument; else the one with the latest results.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct WhichSeries {
    asked: Option<String>,
}

/// Another series that this page could show.
pub(crate) struct OtherSeries {
    /// Its instrument, as the address has it.
    pub(crate) asked: String,
    /// Its instrument and the month of its latest results.
    pub(crate) text: String,
}

impl WhichSeries {
    /// The instrument that was asked for, if it can be one.
    pub(crate) fn instrument(&self) -> Option<InstrumentId> {
        self.asked.as_deref().and_then(|it| it.parse().ok())
    }

    /// The releases to show, oldest first, and what else could be shown. An instrument without
    /// results is as good as none.
    pub(crate) fn open(
        &self,
        app: &App,
        t: Text,
    ) -> Result<(Arc<Vec<Release>>, Vec<OtherSeries>), Problem> {
        let named = match self.instrument() {
            Some(instrument) => app.store.history_of(&instrument)?,
            None => Arc::default(),
        };
        let history = if named.is_empty() { app.store.history()? } else { named };
        let shown = history.last().map(|it| it.wave().asks.clone());
        let mut latest = BTreeMap::new();
        for wave in app.store.released_waves()? {
            latest.insert(wave.asks.clone(), wave);
        }
        let others = latest.into_iter().filter(|(id, _)| Some(id) != shown.as_ref());
        let others = others.map(|(id, wave)| {
            let (name, month) = (asked::name(&id, t), words::month(&wave, t));
            OtherSeries {
                asked: id.to_string(),
                text: t.tr2("asked-other", "name", name, "month", month),
            }
        });
        Ok((Arc::clone(&history), others.collect()))
    }
}
