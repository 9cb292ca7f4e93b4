//! Chores, in Rust. `cargo xtask help` lists them.

mod attacks;
mod disclosure;
mod fuzz;
mod golden;
mod layers;
mod organisation;
mod run;
mod simulate;
mod team_means;

use anyhow::{Result, bail};

const HELP: &str = "\
usage: cargo xtask CHORE

  test           Rust tests, TypeScript tests, and the browser test when Chromium is there
  ci             everything that must hold: fmt, clippy, layers, docs, test
  check-layers   who may use whom, by the rules in the root Cargo.toml
  browser        every page in a real browser: a table of pages, looks and violations, and screenshots
  api            schemathesis: every operation of the API, as everybody
  attacks        mounts every numbered attack of docs/attacks.md at full size, a line for each
  fuzz [SECONDS] the fuzz targets for what strangers' bytes reach, two at a time, 60 s each
  bench          the benchmarks; ratios from one run, machines are noisy
  disclosure FILE [--json | --mutate | --emit [OUT] [--k K,K…]]
  disclosure --trees [N] [--units N] [--seed N]
                 plans and verdicts on cases of disclosure, planted leaks, own releases,
                 and random trees through the whole pipeline
  golden PATH…   files of worked reference cases against the product's estimators
  team-means FILE [--difficulty FILE]
                 exact means of teams in data that may be looked at, to compare with a reference
  simulate [--units N] [--trials N]
                 what people see, how exact it is, and what attackers are left with
  simulate --trend [--organisations N] [--seed N]
                 false alarms and power of the trend rule, as shipped
  help           this list";

fn main() -> Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("test") => run::test(),
        Some("ci") => run::ci(),
        Some("check-layers") => layers::check(),
        Some("browser") => run::browser(),
        Some("api") => run::api(),
        Some("attacks") => attacks::run(),
        Some("fuzz") => fuzz::run(std::env::args().nth(2).as_deref()),
        Some("bench") => run::bench(),
        Some("disclosure") => disclosure::run(&std::env::args_os().skip(2).collect::<Vec<_>>()),
        Some("golden") => {
            golden::run(&std::env::args_os().skip(2).map(Into::into).collect::<Vec<_>>())
        }
        Some("team-means") => team_means::run(&std::env::args().skip(2).collect::<Vec<_>>()),
        Some("simulate") => {
            let arguments: Vec<String> = std::env::args().skip(2).collect();
            if cfg!(debug_assertions) && arguments.iter().any(|it| it == "--trend") {
                run::optimised(&std::env::args_os().skip(1).collect::<Vec<_>>())
            } else {
                simulate::run(&arguments)
            }
        }
        Some("help") | None => {
            run::say(HELP);
            Ok(())
        }
        Some(other) => bail!("there is no chore `{other}`\n{HELP}"),
    }
}
