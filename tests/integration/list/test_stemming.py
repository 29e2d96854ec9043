"""A word is found in any of its Swedish forms."""

import pytest

from samhandling.apps.records.stemming import stems


@pytest.mark.parametrize(
    "forms",
    [
        "insats insatsen insatser insatserna insatsernas",
        "kurs kurser kursen kurserna",
        "plats platser platsen",
        "kommun kommuner kommunernas",
        "behov behoven behovens",
        "hus huset husen",
        "upphandling upphandlingar upphandlingarna",
    ],
)
def test_all_forms_of_a_word_have_the_same_stem(forms: str) -> None:
    assert len(set(stems(forms))) == 1, stems(forms)


def test_different_words_keep_different_stems() -> None:
    assert len(set(stems("buss bus insats insikt mål mat"))) == 6


def test_signs_are_no_words() -> None:
    assert stems('"* AND (insats)') == ["and", "insat"]
