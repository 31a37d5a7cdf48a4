import pytest

from training.capacity import Capacity, CapacityError


@pytest.mark.parametrize("text", ["15%", "0.15", " 15 % ", "１５％", ".15", "15.0%"])
def test_share_is_read_as_people_write_it(text: str) -> None:
    assert Capacity.parse(text) == Capacity(share=0.15)


@pytest.mark.parametrize(("text", "leads"), [("200", 200), ("1,200", 1200), ("1", 1), ("２００", 200), ("20.0", 20)])
def test_whole_number_is_one_of_leads(text: str, leads: int) -> None:
    assert Capacity.parse(text) == Capacity(leads=leads)


@pytest.mark.parametrize("text", ["0", "0%", "100%", "250%", "-5", "12.5", "many", "1e3", "nan", "1,2", "%", "15%%"])
def test_anything_else_is_told_with_examples(text: str) -> None:
    with pytest.raises(CapacityError, match=r"such as 15%, 0\.15 or 200") as told:
        Capacity.parse(text)
    assert repr(text) in str(told.value)


def test_blank_variable_is_no_capacity() -> None:
    assert Capacity.from_environment({"CAPACITY": " "}) is None
    assert Capacity.from_environment({}) is None
    assert str(Capacity.from_environment({"CAPACITY": "0.15"})) == "15%"
