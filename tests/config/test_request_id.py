"""Each answer has an id that a person can quote and we can find."""

from django.test import Client, override_settings


def test_each_request_gets_its_own_id(client: Client) -> None:
    first, second = (client.get("/healthz").headers["X-Request-ID"] for _ in range(2))
    assert len(first) == 32
    assert first != second


def test_a_stranger_cannot_choose_the_id(client: Client) -> None:
    answer = client.get("/healthz", headers={"x-request-id": "chosen-by-a-stranger"})
    assert answer.headers["X-Request-ID"] != "chosen-by-a-stranger"


@override_settings(OPENHALL_PROXIES=1)
def test_our_own_proxy_may_bring_one(client: Client) -> None:
    answer = client.get("/healthz", headers={"x-request-id": "0123456789abcdef"})
    assert answer.headers["X-Request-ID"] == "0123456789abcdef"


@override_settings(OPENHALL_PROXIES=1)
def test_a_brought_id_with_odd_characters_is_replaced(client: Client) -> None:
    answer = client.get("/healthz", headers={"x-request-id": "abc<script>defgh"})
    assert "<" not in answer.headers["X-Request-ID"]
