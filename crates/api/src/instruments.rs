//! What a wave can ask.

use tideline_instrument::{SHIPPED, askable, frozen::Frozen};
use tideline_text::Text;

use crate::{App, problem::Problem};

/// Something that a wave can ask.
pub(crate) struct Choice {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
}

/// What a wave can ask now: the pulse, and every instrument whose texts were added.
pub(crate) fn choices(app: &App, t: Text) -> Result<Vec<Choice>, Problem> {
    let added = app.store.instrument_texts()?;
    let can_be_asked = |id: &str| {
        let texts = added.iter().filter(|it| it.instrument == id).map(|it| it.texts.clone());
        let frozen = Frozen::new(id.to_owned(), texts.collect());
        frozen.instrument().is_ok_and(|it| askable(&it).is_ok())
    };
    Ok(SHIPPED
        .iter()
        .filter(|it| can_be_asked(&it.id))
        .map(|it| Choice { id: &it.id, name: it.name_in(t.language().tag()) })
        .collect())
}
