"""The measures give the values that their papers and the tests of other tools print."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from cuttings.describe.collocation import (
    contingency_g2,
    delta_p,
    log_dice,
    mutual_information,
    near_expected,
    t_score,
)
from cuttings.describe.dispersion import carroll_d2, chance_dp, deviation_of_proportions, juilland_d
from cuttings.describe.diversity import hdd, mattr, mtld
from cuttings.describe.keyness import log_likelihood, log_ratio, percent_difference, simple_maths
from cuttings.describe.readability import flesch_kincaid, gunning_fog, reading_ease, smog, syllables

BURTON = """burton loves cats and cats love burton burton loves dogs not as much as cats but dogs do not love
burton very much""".split()
"""The text of textacy's tests of MTLD (tests/text_stats/test_diversity.py)."""


def test_g2_is_dunnings():
    """Dunning (1993), p. 72: 10, 0, 3, 31764 give 167.23."""
    assert round(float(log_likelihood(10, 3, 10, 31767)), 2) == 167.23
    assert round(float(contingency_g2(10, 10, 13, 31777)), 2) == 167.23


def test_g2_is_quantedas():
    """quanteda.textstats, test-textstat_keyness.R: dfm of "b b b b b b b a a a" and "a a a a a a a b b"
    against the G statistic of the 2 x 2 table; scipy's G test stands in for Deducer's."""
    from scipy.stats import chi2_contingency

    expected = chi2_contingency([[7, 2], [3, 7]], correction=False, lambda_="log-likelihood").statistic
    assert float(log_likelihood(7, 2, 10, 9)) == pytest.approx(expected)


def test_words_rank_by_g2_as_in_quanteda():
    """The same file: textstat_keyness(measure = "lr", correction = "none") on two documents of a to h."""
    one, two = "a a a b b c c c c c c d e f g h h".split(), "a a b c c d d d d e f h".split()
    words = sorted(set(one))
    n, m = (np.array([text.count(w) for w in words]) for text in (one, two))
    signed = log_likelihood(n, m, len(one), len(two)) * np.where(n / len(one) < m / len(two), -1, 1)
    assert [words[k] for k in np.argsort(-signed, kind="stable")][:2] == ["c", "g"]
    assert words[int(np.argmin(signed))] == "d"


def test_percent_difference_is_that_of_gabrielatos_and_marchi():
    """Gabrielatos and Marchi (2011), p. 18: 88.7."""
    assert round(float(percent_difference(206523, 178174, 959641, 1562358)), 1) == 88.7


def test_simple_maths_is_kilgarriffs():
    """Kilgarriff (2009) with 1 per million added: 1.1224."""
    assert round(float(simple_maths(35, 263, 112289776, 1559716979, add=1)), 4) == 1.1224


def test_log_ratio_counts_doublings_and_nought_as_a_half():
    """Hardie (2014): equal rates give 0, every doubling one more."""
    assert float(log_ratio(1, 1, 1_000_000, 1_000_000)) == 0
    assert float(log_ratio(8, 1, 1000, 1000)) == 3
    assert float(log_ratio(4, 0, 1000, 1000)) == 3


def test_mutual_information_is_that_of_church_and_hanks():
    """Church and Hanks (1990), p. 24: doctor and bill, 11.3."""
    assert round(float(mutual_information(8, near_expected(1105, 44, 15_000_000))), 1) == 11.3


def test_t_score_is_that_of_manning_and_schuetze():
    """Manning and Schütze (1999): new companies, 0.999932."""
    assert round(float(t_score(8, near_expected(15828, 4675, 14307668))), 6) == 0.999932


def test_log_dice_is_rychlys_and_dice_is_smadjas():
    """Rychly (2008) on 130, 3121 and 143: 10.350; Dice of the same counts in Smadja et al. (1996): 0.08."""
    found = float(log_dice(130, 3121, 143))
    assert round(found, 3) == 10.350
    assert round(2 ** (found - 14), 2) == 0.08


def test_delta_p_is_gries():
    """Gries (2013), p. 144: of course, 0.032 and 0.697."""
    size = 5610 + 168938 + 2257 + 10233063
    assert round(float(delta_p(5610, 5610 + 168938, 5610 + 2257, size)), 3) == 0.032
    assert round(float(delta_p(5610, 5610 + 2257, 5610 + 168938, size)), 3) == 0.697


def test_dp_norm_is_that_of_lijffijt_and_gries():
    """Lijffijt and Gries (2012), p. 148: 2, 1, 0 in equal parts give 0.5."""
    assert round(deviation_of_proportions([2, 1, 0], [1, 1, 1])[1], 1) == 0.5
    assert deviation_of_proportions([3, 3, 3], [1, 1, 1])[0] == 0


def test_dp_is_gries_on_parts_of_unequal_size():
    """Gries (2008): a corpus of five parts with 9, 10, 10, 10, 11 words and 1 to 5 times "a": DP 0.18."""
    assert round(deviation_of_proportions([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])[0], 2) == 0.18


def test_d_and_d2_are_those_of_juilland_and_carroll():
    """Carroll (1970), pp. 13 and 14: 0.6464 and 0.8277."""
    assert round(juilland_d([0, 4, 3, 2, 1]), 4) == 0.6464
    assert round(carroll_d2([2, 1, 1, 1, 0]), 4) == 0.8277


def test_the_dp_of_chance_is_the_mean_of_words_thrown_at_random():
    sizes = np.array([50, 200, 10, 340])
    thrown = np.random.default_rng(1).multinomial(30, sizes / sizes.sum(), size=20_000)
    mean = (np.abs(thrown / 30 - sizes / sizes.sum()).sum(axis=1) / 2).mean()
    assert chance_dp(30, sizes) == pytest.approx(mean, abs=0.002)


@pytest.mark.parametrize(("threshold", "value"), [(0.72, 10.181), (0.66, 14.162), (0.75 - 1e-9, 10.062)])
def test_mtld_is_textacys(threshold, value):
    """textacy ends a run below the threshold, McCarthy and Jarvis and lexicalrichness at it: the same but at 0.75."""
    assert mtld(BURTON, threshold) == pytest.approx(value, abs=0.0006)


def test_diversity_is_that_of_the_readme_of_lexicalrichness():
    """The README shipped with lexicalrichness prints these of its sample text of 57 words."""
    from importlib.metadata import metadata

    from lexicalrichness import LexicalRichness

    readme = metadata("lexicalrichness").get_payload()
    words = LexicalRichness(readme.split('text = """', 1)[1].split('"""', 1)[0]).wordlist
    assert (len(words), len(set(words))) == (57, 39)
    assert round(mtld(words), 6) == 46.792264
    assert round(hdd(words), 6) == 0.746870
    assert round(mattr(words, 25), 6) == 0.835152


def test_mattr_is_quantedas():
    """quanteda.textstats, test-textstat_lexdiv.R: windows of 2, 3 and 4 on a text of two words."""
    words = "one one two one one two one".split()
    assert mattr(words, 2) == pytest.approx((1 / 2 + 1 + 1 + 1 / 2 + 1 + 1) / 6)
    assert mattr(words, 3) == pytest.approx(2 / 3)
    assert mattr(words, 4) == pytest.approx(2 / 4)


def test_hdd_is_that_of_lexicalrichness():
    from lexicalrichness import LexicalRichness

    words = BURTON * 4
    assert hdd(words) == pytest.approx(LexicalRichness(words, preprocessor=None, tokenizer=None).hdd(42))


def test_the_cat_in_the_hat_reads_as_in_quanteda():
    """quanteda.textstats, test-textstat_readability.R: Flesch 103, FOG 2.8."""
    words = "the cat in the hat ate breakfast".split()
    spoken = [syllables(word) for word in words]
    assert round(reading_ease(len(words), 1, sum(spoken))) == 103
    assert round(gunning_fog(len(words), 1, sum(n >= 3 for n in spoken)), 1) == 2.8


def test_grade_and_smog_are_those_of_textstat_on_the_same_counts():
    from textstat import textstat

    text = "The committee considered the application. It was refused by a majority of two members."
    words = text.replace(".", "").split()
    spoken = [syllables(word.lower()) for word in words]
    grade = flesch_kincaid(len(words), 2, sum(spoken))
    assert grade == pytest.approx(textstat.flesch_kincaid_grade(text), abs=0.006)
    assert float(smog(30, 0)) == pytest.approx(3.1291)
    assert float(smog(30, 100)) == pytest.approx(1.043 * 10 + 3.1291)


def test_a_word_joined_by_hyphens_has_the_syllables_of_its_parts():
    assert syllables("part-time") == syllables("part") + syllables("time") == 2


VECTORS = Path(__file__).resolve().parents[3] / "shared" / "reference" / "vectors.json"


@pytest.mark.skipif(not VECTORS.exists(), reason="the published values are not beside this project")
def test_the_values_typed_here_are_those_of_the_shared_list():
    listed = {row["m"]: row["out"] for row in json.loads(VECTORS.read_text("utf-8"))}
    assert listed["G2 4-cell log-likelihood"] == 167.23
    assert listed["PMI log2"] == 11.3
    assert listed["deltaP"] == [0.032, 0.697]
    assert (listed["Juilland D"], listed["Carroll D2"]) == (0.6464, 0.8277)
