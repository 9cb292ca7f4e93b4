//! Which series of results a page shows: figures of one instrument are never set beside those of
//! another, so an organisation that has asked several has a series for each.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;
use tideline_aggregation::Release;
use tideline_domain::InstrumentId;
use tideline_report::{asked, words};
use tideline_text::Text;
use utoipa::IntoParams;

use crate::{App, problem::Problem};

/// `?asked=proqol-5`: the series of this instrument; else the one with the latest results.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichSeries {
    /// The instrument whose series is wanted, as a wave's `asks` has it; the one with the latest
    /// results if not given.
    #[param(example = "tideline-pulse-1")]
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

    /// The instrument that was asked for, if there are results of it and they are not the latest anyway:
    /// what makes two pages differ.
    pub(crate) fn known(&self, app: &App) -> Result<Option<InstrumentId>, Problem> {
        let Some(asked) = self.instrument() else { return Ok(None) };
        let latest = app.store.history()?.last().map(|it| it.wave().asks.clone());
        let there = !app.store.history_of(&asked)?.is_empty();
        Ok((there && latest.as_ref() != Some(&asked)).then_some(asked))
    }

    fn named(&self, app: &App) -> Result<Arc<Vec<Release>>, Problem> {
        match self.instrument() {
            Some(instrument) => Ok(app.store.history_of(&instrument)?),
            None => Ok(Arc::default()),
        }
    }

    /// The releases of the series that was asked for, oldest first. A program, other than a reader,
    /// must not be given another series than the one it named.
    ///
    /// # Errors
    ///
    /// [`Problem::Malformed`] if no results of that instrument are published.
    pub(crate) fn exactly(&self, app: &App) -> Result<Arc<Vec<Release>>, Problem> {
        if self.asked.is_none() {
            return Ok(app.store.history()?);
        }
        let named = self.named(app)?;
        if named.is_empty() { Err(Problem::Malformed("problem-series")) } else { Ok(named) }
    }

    /// The releases to show, oldest first, and what else could be shown. An instrument without
    /// results is as good as none.
    pub(crate) fn open(
        &self,
        app: &App,
        t: Text,
    ) -> Result<(Arc<Vec<Release>>, Vec<OtherSeries>), Problem> {
        let named = self.named(app)?;
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
