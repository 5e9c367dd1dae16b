from toasoan.diagnostics import Diagnostic, Location, Report, Severity, did_you_mean

HERE = Location("site/content/en/office.md", 4)


def test_a_diagnostic_reads_as_place_weight_words_code_and_hint() -> None:
    told = Diagnostic(
        Severity.ERROR, "unknown-section", "there is no section 'heritag'", HERE, "did you mean 'heritage'?"
    )

    assert str(told) == (
        "site/content/en/office.md:4: error: there is no section 'heritag' [unknown-section]\n"
        "  hint: did you mean 'heritage'?"
    )


def test_a_mistake_of_a_whole_file_has_no_line() -> None:
    assert str(Location("site/site.toml")) == "site/site.toml"
    assert Diagnostic(Severity.WARNING, "x", "y", Location("a.md")).as_dict() == {
        "severity": "warning",
        "code": "x",
        "message": "y",
        "path": "a.md",
        "line": None,
        "hint": None,
    }


def test_a_report_reads_in_the_order_of_places_whatever_was_found_first() -> None:
    report = Report()
    report.warning("b", "later", Location("b.md", 2))
    report.error("a", "first", Location("a.md", 9))
    report.warning("a", "sooner", Location("b.md", 1))

    assert [diagnostic.message for diagnostic in report] == ["first", "sooner", "later"]
    assert (report.count(Severity.ERROR), report.count(Severity.WARNING), len(report)) == (1, 2, 3)


def test_only_errors_forbid_publication() -> None:
    report = Report()
    report.warning("x", "y", HERE)
    assert not report.has_errors

    report.error("x", "y", HERE)
    assert report.has_errors


def test_the_nearest_word_is_suggested_whatever_its_case() -> None:
    assert did_you_mean("HERITAG", ["local", "heritage"]) == "did you mean 'heritage'?"
    assert did_you_mean("vi", ["en", "ru"]) is None
    assert did_you_mean("x", []) is None
