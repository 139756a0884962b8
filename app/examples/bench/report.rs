//! The figures with what was aimed at.

use crate::load::Measured;
use crate::town::{Figures, Page};

pub fn print(bare: &[(&'static str, Measured)], all: &[Figures]) {
    println!("{:<28}{:>9}{:>9}{:>9}{:>9}{:>9}  verdict", "", "CPU ms", "with db", "per s", "p99 ms", "bytes");
    for (name, measured) in bare {
        println!("{}", line(name, measured));
    }
    for figures in all {
        town(figures, bare);
    }
    if let [few, .., many] = all {
        compare(few, many);
    }
}

fn line(name: &str, measured: &Measured) -> String {
    format!(
        "{name:<28}{:>9.3}{:>9.3}{:>9.0}{:>9.2}{:>9}",
        measured.cpu_ms, measured.cpu_ms_all, measured.per_second, measured.p99_ms, measured.bytes
    )
}

fn verdict(found: f64, target: f64) -> &'static str {
    if found <= target { "met" } else { "MISSED" }
}

fn town(figures: &Figures, bare: &[(&'static str, Measured)]) {
    println!("\n{} cases, founded in {:.0} s", figures.cases, figures.founded_s);
    println!("  ready in {:.0} ms (target 1000: {})", figures.ready_ms, verdict(figures.ready_ms, 1000.0));
    println!(
        "  {:.0} MB resident at first, {:.0} MB after the load (target 120: {})",
        figures.resident_first,
        figures.resident,
        verdict(figures.resident, 120.0)
    );
    for Page { name, target, measured } in &figures.pages {
        println!("{}  {} of {target} ms", line(name, measured), verdict(measured.cpu_ms_all, *target));
    }
    for (name, plain) in bare {
        let case = figures.pages.iter().find(|page| page.name == "case page");
        let share = case.map_or(0.0, |page| page.measured.per_second / plain.per_second * 100.0);
        println!(
            "  case page at {share:.0} % of the throughput of the {name} (target 35: {})",
            verdict(35.0, share)
        );
    }
}

fn compare(few: &Figures, many: &Figures) {
    println!("\n{} cases beside {} (target 1.2 times the CPU time)", many.cases, few.cases);
    for (one, other) in few.pages.iter().zip(&many.pages) {
        let times = other.measured.cpu_ms_all / one.measured.cpu_ms_all.max(0.001);
        println!("  {:<26}{times:>6.2} times  {}", one.name, verdict(times, 1.2));
    }
}
