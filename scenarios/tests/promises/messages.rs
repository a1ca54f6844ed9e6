//! Every message in full, as people see it: what is wrong, where, what is allowed or nearest, what to do.

use scenarios::load;

use crate::{Folder, NONE};

/// The message for an operating-model file with this text.
fn model(text: &str) -> String {
    let folder = Folder::new();
    let path = folder.write("my-model.toml", text);
    folder.message(&load(&path, None, &NONE).expect_err("a broken file"))
}

/// The message for an environment file with this text.
fn company(text: &str) -> String {
    let folder = Folder::new();
    let path = folder.write("my-company.toml", text);
    folder.message(&load("safe", Some(&path), &NONE).expect_err("a broken file"))
}

/// The message for one override.
fn set(text: &str) -> String {
    load("safe", None, &[text])
        .expect_err("a broken override")
        .to_string()
}

/// The message for a reference.
fn called(reference: &str) -> String {
    load(reference, None, &NONE)
        .expect_err("a broken reference")
        .to_string()
}

macro_rules! messages {
    ($($name:ident => $message:expr;)+) => {
        $(
            #[test]
            fn $name() {
                insta::assert_snapshot!(stringify!($name), $message);
            }
        )+
    };
}

messages! {
    text_that_is_not_toml => model("[discovery]\nhours = = 3\n");
    a_key_written_twice => model("[discovery]\nhours = 3\nhours = 4\n");
    an_unclosed_text => model("title = \"My model\n[discovery]\nhours = 3\n");
    an_unknown_group => model("[discovry]\nhours = 3\n");
    an_unknown_key => model("[discovery]\n# spelt wrong\nhuors = 3\n");
    an_unknown_key_without_a_neighbour => model("[discovery]\nbananas = 3\n");
    an_unknown_key_of_a_large_group => company("[behaviour]\nbananas = 3\n");
    a_key_of_another_group => model("[discovery]\noutcome_weight = 0.3\n");
    an_unknown_key_at_the_top => model("titel = \"My model\"\n");
    a_parameter_at_the_top => model("hours = 3\n");
    a_group_of_the_other_kind_in_a_model => model("[company]\nteams = 3\n");
    a_group_of_the_other_kind_in_an_environment => company("[discovery]\nhours = 3\n");
    a_warm_up_in_a_model => model("warm_up_weeks = 3\n");
    a_warm_up_that_is_too_long => company("warm_up_weeks = 521\n");
    a_warm_up_that_is_no_number => company("warm_up_weeks = \"long\"\n");
    a_text_where_a_number_belongs => model("[discovery]\nhours = \"3\"\n");
    a_fraction_where_a_whole_number_belongs => model("[roles]\nhand_offs = 2.5\n");
    a_number_where_a_switch_belongs => model("[release]\nrollback = 1\n");
    an_unknown_choice => model("[commitment]\nstyle = \"pul\"\n");
    a_line_that_is_far_too_long => model(&format!("[discovery]\nhours = \"{}\"\n", "x".repeat(5000)));
    characters_that_would_change_the_terminal => model("[discovery]\nhours = \"\u{1b}[31mred\"\n");
    a_choice_without_quotes => model("[commitment]\nstyle = pull\n");
    a_switch_in_quotes => model("[release]\nrollback = \"true\"\n");
    a_group_that_is_no_table => model("discovery = 3\n");
    a_title_that_is_no_text => model("title = 3\n");
    not_a_number => model("[discovery]\nhours = nan\n");
    out_of_range => model("[discovery]\nhours = 50\n");
    below_range => model("[commitment]\ncadence_weeks = -3\n");
    a_number_too_large_to_hold => model("[discovery]\nhours = 1e400\n");
    a_thousand_million_teams => company("[company]\nteams = 1_000_000_000\n");
    more_teams_than_fit_a_word => company("[company]\nteams = 100000000000000000000\n");
    low_above_value => model("[discovery]\nhours = { value = 3, low = 4, high = 6 }\n");
    high_below_value => model("[discovery]\nhours = { value = 3, low = 1, high = 2 }\n");
    low_without_high => model("[discovery]\nhours = { value = 3, low = 1 }\n");
    an_empty_range => model("[discovery]\nhours = { value = 3, low = 3, high = 3 }\n");
    a_range_end_out_of_range => model("[discovery]\nhours = { value = 3, low = -1, high = 6 }\n");
    an_infinite_range => company("[environment]\nwear_half_life_weeks = { value = 100, low = 50, high = inf }\n");
    a_range_of_a_choice => model("[commitment]\nstyle = { value = \"pull\", low = 0, high = 1 }\n");
    a_range_that_is_also_fixed => model("[discovery]\nhours = { value = 3, low = 1, high = 6, fixed = true }\n");
    a_setting_without_value => model("[discovery]\nhours = { low = 1, high = 6 }\n");
    a_setting_with_an_unknown_key => model("[discovery]\nhours = { valeu = 3 }\n");
    a_provenance_without_source => model("[discovery]\nhours = { value = 3, provenance = \"measured\" }\n");
    an_unknown_provenance => model("[discovery]\nhours = { value = 3, provenance = \"asumed\", source = \"x\" }\n");
    two_parameters_at_odds => model("[commitment]\ncadence_weeks = 2\nslack_weeks = 2\n");
    two_mandates_on_one_deadline => company(
        "[mandates]\nline = 1\ndeadline_week = 40\nsecond_line = 1\nsecond_deadline_week = 40\n"
    );
    a_mandate_of_a_line_that_is_not_there => company("[mandates]\nline = 9\n");
    a_contribution_above_revenue => company("[company]\nbase_revenue = 1\n");
    a_negative_salary => company("[company]\nproduct_person_cost = -1.2\n");
    shares_at_odds => company("[environment]\nsales_share = 0.9\n");
    a_range_that_reaches_into_odds => model(
        "[commitment]\nslack_weeks = 2\ncadence_weeks = { value = 6, low = 1, high = 10 }\n"
    );
    extends_an_unknown_name => model("extends = \"saef\"\n");
    extends_a_missing_file => model("extends = \"base.toml\"\n");
    extends_a_library_file_of_the_other_kind => model("extends = \"startup\"\n");
    everything_wrong_at_once => model(
        "titel = \"x\"\n[discovery]\nhours = 50\nteam_shar = 0.1\n[company]\nteams = 3\n[roles]\nhand_offs = true\n"
    );
    an_unknown_model => called("empowred");
    an_environment_in_place_of_a_model => called("startup");
    an_unknown_environment => called("safe@stratup");
    a_model_in_place_of_an_environment => called("safe@empowered");
    an_empty_environment => called("safe@");
    a_file_that_is_not_there => called("/nowhere/my-model.toml");
    an_override_without_value => set("discovery.hours");
    an_override_without_group => set("hours=3");
    an_override_with_an_empty_value => set("discovery.hours=");
    an_override_of_an_unknown_group => set("discovry.hours=3");
    an_override_of_an_unknown_parameter => set("discovery.huors=3");
    an_override_out_of_range => set("discovery.hours=41");
    an_override_that_is_not_a_number => set("discovery.hours=NaN");
    an_override_of_the_wrong_type => set("discovery.hours=many");
    an_override_with_an_unknown_choice => set("commitment.style=pul");
    an_override_of_a_thousand_million_teams => set("company.teams=1000000000");
    overrides_at_odds => set("commitment.slack_weeks=12");
}

#[test]
fn a_misspelt_file_name_is_recognised() {
    let folder = Folder::new();
    folder.write("my-model.toml", "");
    let problem =
        load(&folder.path("my-modle.toml").display().to_string(), None, &NONE).expect_err("no such file");
    insta::assert_snapshot!(folder.message(&problem));
}

#[test]
fn a_folder_is_not_a_file() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("models")).expect("a folder");
    let problem = load(&folder.path("models").display().to_string(), None, &NONE).expect_err("a folder");
    insta::assert_snapshot!(folder.message(&problem));
}

#[test]
fn a_file_that_is_not_utf8_is_refused_with_the_place() {
    let folder = Folder::new();
    let path = folder.write("latin.toml", b"[discovery]\n# f\xfcr Kunden\nhours = 3\n");
    insta::assert_snapshot!(folder.message(&load(&path, None, &NONE).expect_err("not UTF-8")));
}

#[test]
fn a_huge_file_is_refused() {
    let folder = Folder::new();
    let path = folder.write("huge.toml", vec![b'#'; 2 << 20]);
    insta::assert_snapshot!(folder.message(&load(&path, None, &NONE).expect_err("too large")));
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let path = folder.write("secret.toml", "");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("permissions");
    // The superuser may read everything, so there is nothing to refuse.
    if std::fs::read(&path).is_err() {
        insta::assert_snapshot!(folder.message(&load(&path, None, &NONE).expect_err("no permission")));
    }
}

#[test]
fn a_cycle_is_shown_from_file_to_file() {
    let folder = Folder::new();
    let first = folder.write("one.toml", "extends = \"two.toml\"\n");
    folder.write("two.toml", "title = \"Two\"\nextends = \"more/three.toml\"\n");
    folder.write("more/three.toml", "extends = \"../one.toml\"\n");
    insta::assert_snapshot!(folder.message(&load(&first, None, &NONE).expect_err("a cycle")));
    let own = folder.write("own.toml", "extends = \"./own.toml\"\n");
    insta::assert_snapshot!(folder.message(&load(&own, None, &NONE).expect_err("a cycle")));
}

#[test]
fn problems_of_model_environment_and_overrides_are_reported_together() {
    let folder = Folder::new();
    let model = folder.write("my-model.toml", "[discovery]\nhours = 50\n");
    let company = folder.write("my-company.toml", "[company]\nteam = 3\n");
    let problem = load(&format!("{model}@{company}"), None, &["x=1"]).expect_err("three problems");
    assert_eq!(problem.each().len(), 3);
    insta::assert_snapshot!(folder.message(&problem));
}
