import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from features.email_domain import domain_kind
from serving.mail_address import kind_of_address

ADDRESSES = st.one_of(
    st.emails(),
    st.text(max_size=30),
    st.sampled_from(["gmail.com", "u-tokyo.ac.jp", "mailinator.com", "acme.co.jp", "localhost"]).map("ann@{}".format),
)


@given(ADDRESSES)
@example("Ann Lee <ann@gmail.com>")
@example("ａｎｎ＠ｇｍａｉｌ．ｃｏｍ")
@example(" ann@mit.edu ")
@example("ann@@acme.com")
def test_address_of_a_request_is_of_the_kind_that_a_file_would_give(address: str) -> None:
    of_file = domain_kind(pd.Series([address], dtype="str")).iloc[0]
    assert kind_of_address(address) == (None if pd.isna(of_file) else of_file)
