//! Paper cards: printed once for a wave, drawn from a shuffled pile by people who are ticked off.

use std::{io::Write as _, path::Path};

use anyhow::{Context as _, Result, bail, ensure};
use tideline_api::{ON_PAPER, hide_kind};
use tideline_ballot::{
    issue::Issuer,
    keys::{WaveKeys, wipe_stack},
    paper::{PaperCode, PaperCodes, cards},
    wave_dir::WaveFiles,
};
use tideline_domain::{Phase, WaveSeq};
use tideline_report::cards::{CardSheet, CohortCards, cards_pdf};
use tideline_store::IssueRecord;
use tideline_text::Text;

use crate::{cli::PaperCommand, context::Context, files::write_atomically, report::text_in};

/// Runs `tideline paper …`.
///
/// # Errors
///
/// As the command's own steps.
pub fn run(context: &Context, command: PaperCommand) -> Result<()> {
    match command {
        PaperCommand::Print { wave, out, replace, language } => {
            let t = text_in(context, language.as_deref())?;
            let cards = make_cards(context, WaveSeq(wave), replace, t)?;
            context.note("paper.print", format!("wave {wave}"))?;
            print(&cards, &out)
        }
        PaperCommand::Tick { wave, email } => tick(context, WaveSeq(wave), &email),
    }
}

fn print(pdf: &[u8], out: &Path) -> Result<()> {
    if out == Path::new("-") {
        std::io::stdout().write_all(pdf).context("writing the cards")?;
    } else {
        write_atomically(out, pdf)?;
    }
    eprintln!(
        "Cut the cards apart, keep each team's in a pile of its own, and shuffle it. Tick people off \
         with `tideline paper tick`, and let each person draw. Burn what is left."
    );
    Ok(())
}

/// Makes the codes of wave `seq`, keeps their digests, and returns the cards as PDF, in the language of
/// `t`: the only place the codes are in.
///
/// # Errors
///
/// If the wave is over, cards were made before and are not to be replaced, or something cannot be
/// written.
pub fn make_cards(context: &Context, seq: WaveSeq, replace: bool, t: Text) -> Result<Vec<u8>> {
    let record = context.store.wave(seq)?;
    ensure!(
        record.wave.window.phase(context.now()) < Phase::Closed && !record.released,
        "wave {} is over",
        record.wave.label
    );
    let files = WaveFiles::apart(context.config.shared(), &context.config.data, seq);
    let pinned = files.pinned()?;
    let path = files.paper_codes();
    if path.exists() {
        ensure!(
            replace,
            "cards of this wave were printed before; --replace makes those worthless and prints new ones"
        );
        files.destroy_paper_codes()?;
    }
    let mut codes = PaperCodes::default();
    let mut piles = Vec::new();
    for cohort in &pinned.manifest.cohorts {
        let mut pile = Vec::new();
        for _ in 0..cards(cohort.eligible) {
            let code = PaperCode::generate()?;
            codes.add(&code, &pinned.hash, &cohort.id);
            pile.push(code.to_string());
        }
        piles.push(CohortCards { label: cohort.label.clone(), codes: pile });
    }
    let organisation = match context.store.organisation()? {
        Some(set) => set.name,
        None => context.store.frozen_tree(seq)?.root().name.clone(),
    };
    let sheet = CardSheet {
        organisation: organisation.as_str(),
        address: &format!("{}/paper", context.config.ballot_origin),
        wave: &record.wave,
        zone: context.zone()?,
        words: &pinned.words().join(" "),
        piles: &piles,
    };
    let pdf = cards_pdf(&sheet, t)?;
    // Kept last: a code that was never printed would be one that somebody else could know of.
    codes.save(&path, files.is_apart()).context("keeping the digests of the codes")?;
    Ok(pdf)
}

/// Not noted in the audit log: an entry would keep for good who takes part on paper, and when.
fn tick(context: &Context, seq: WaveSeq, email: &str) -> Result<()> {
    let person = context
        .store
        .person_by_email(&tideline_roster::typed(email)?)?
        .with_context(|| format!("nobody has the address {email}"))?;
    ensure!(
        context.store.placement(seq, person.id)?.is_some(),
        "this person is not on the roster of wave {seq}"
    );
    // Not an element that anybody could have blinded: from now on every request is another one.
    let mut mark = [0xff; 32];
    getrandom::fill(&mut mark[..31]).map_err(std::io::Error::from)?;
    let files = WaveFiles::apart(context.config.shared(), &context.config.data, seq);
    let keys = WaveKeys::load(&files.keys()).context("reading the wave's keys")?;
    let issuer = Issuer::new(&files.pinned()?, &keys)?;
    let holder = issuer.holder(person.id.to_string().as_bytes());
    let device = hide_kind(&issuer, person.id, ON_PAPER);
    drop(issuer);
    drop(keys);
    wipe_stack();
    match context.store.record_issue(seq, person.id, &holder, &mark, device, context.now())? {
        IssueRecord::New => {
            eprintln!("ticked off; the person may draw a card");
            Ok(())
        }
        IssueRecord::Same | IssueRecord::Other => {
            bail!("a token was picked up online, or the person was ticked off before: no card")
        }
    }
}
