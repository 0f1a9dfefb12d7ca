use postcall::{config::Config, domain::template::TemplateId, journal::*, tui};
fn main() {
    let c = Config::default();
    let p = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let o = Options {
        rules: c.rules.clone(),
        catalog: c.catalog.clone(),
        ..Default::default()
    };
    if !p.exists() {
        let mut j = Journal::open(&Place::File(p.clone()), o.clone()).unwrap();
        for (d, w, dd, t) in [
            (
                "2026-11-21",
                "Led the middle of a long resuscitation. Named the roles and repeated every order back, and paused at ten minutes to ask what I had missed. #debrief",
                "Afterwards everyone scattered.",
                "If an arrest ends, then I ask for sixty seconds before anyone leaves",
            ),
            (
                "2026-11-17",
                "Asked our charge nurse: on rounds, do I create space?",
                "I started to explain myself.",
                "If a plan is about to be settled, then I ask the nurse first",
            ),
            ("2026-11-12", "Let the intern present.", "", ""),
            (
                "2026-10-22",
                "I let the family meeting run without saying who decides.",
                "",
                "",
            ),
        ] {
            let mut x = j.new_draft(&TemplateId::SHIFT).unwrap();
            x.went_well = w.into();
            x.do_differently = dd.into();
            x.try_next = t.into();
            x.shift_date = d.parse().unwrap();
            x.date_touched = true;
            x.rotation = "Medical ICU".into();
            j.save(&x).unwrap();
        }
    }
    let r = tui::run(tui::Setup {
        place: Place::File(p),
        options: o,
        config: c,
        complaints: vec![],
        start: tui::Start::Today,
        demo: vec![],
    });
    if let Err(e) = r {
        eprintln!("{e}");
    }
}
