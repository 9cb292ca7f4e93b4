//! Chores, in Rust. `cargo xtask help` lists them.

mod attacks;
mod chores;
mod dist;
mod fuzz;
mod layers;
mod modules;
mod peers;
mod run;
mod sbom;
mod supply;

use anyhow::{Result, bail};

const HELP: &str = "\
usage: cargo xtask CHORE

  test           Rust tests, TypeScript tests, and the browser test when Chromium is there
  ci             everything that must hold: fmt, clippy, layers, docs, test
  check-layers   who may use whom, by the rules in the root Cargo.toml; circles of modules
  supply         licences, sources and bans of all packages, by deny.toml, without the network
  dist [--sbom]  the programs with their bill of materials (CycloneDX) in target/dist
  browser        every page in Chromium: a table of pages, looks and violations, and screenshots;
                 the way of the staff in Chromium, Firefox and WebKit, in every place at
                 every size: a table of browsers and steps
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
  simulate --trend [--organisations N] [--teams N] [--seed N]
                 false alarms, power and coverage of what is said over time, as shipped, in six worlds
  simulate --next-wave FILE
                 real teams over several waves: what shown number comes closest to the next wave
  simulate --participation [--waves N] [--seed N]
                 votes lost for good by 400 people with the devices that surveys found
  help           this list";

fn main() -> Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("test") => chores::test(),
        Some("ci") => chores::ci(),
        Some("check-layers") => layers::check(),
        Some("supply") => supply::check(),
        Some("dist") => dist::run(std::env::args().nth(2).as_deref()),
        Some("browser") => chores::browser(&[("EVERY_SIZE", "1")]),
        Some("api") => chores::api(),
        Some("attacks") => attacks::run(),
        Some("fuzz") => fuzz::run(std::env::args().nth(2).as_deref()),
        Some("bench") => chores::bench(),
        Some(chore @ ("disclosure" | "golden" | "simulate" | "team-means")) => {
            chores::evaluation(chore, &std::env::args_os().skip(2).collect::<Vec<_>>())
        }
        Some("help") | None => {
            run::say(HELP);
            Ok(())
        }
        Some(other) => bail!("there is no chore `{other}`\n{HELP}"),
    }
}
