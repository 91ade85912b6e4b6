"""Notices: what is sent, to whom, in which shape; and that no secret is told and no failure spreads."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import importlib
import json
import logging
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from fourpillars.editions import history, ledger, routine
from fourpillars.editions.history import Run
from fourpillars.editions.lock import AnotherRun
from fourpillars.editions.notices import email, message, secrets, warned, webhooks
from fourpillars.editions.notices.message import Notice, Warned
from fourpillars.editions.notices.send import send
from fourpillars.editions.outcome import Outcome
from fourpillars.editions.place import Place
from fourpillars.editions.prepare import Request
from fourpillars.editions.settings import EmailConfig, WebhookConfig
from fourpillars.errors import FourPillarsError

NOTICE = Notice("failure", "Pillars: failed", ("<b>C31</b> & 'co'",))
TOKEN = "https-token-5f4dcc3b5aa765d61d83"


class Service:
    """A web service that keeps what it is sent, and answers what it is told to."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict]] = []
        self.answers: list[tuple[int, str]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.calls.append((self.path, json.loads(body)))
                status, text = service.answers.pop(0)
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/hook?access_token={TOKEN}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    service = Service()
    monkeypatch.setenv("HOOK_URL", service.address)
    monkeypatch.setenv("HOOK_SECRET", "SEC-abcdef0123456789")
    monkeypatch.setattr("tenacity.nap.time.sleep", lambda seconds: None)
    yield service
    service.server.shutdown()
    service.server.server_close()


def hook(kind: str, **more: object) -> WebhookConfig:
    return WebhookConfig(kind=kind, url_env="HOOK_URL", **more)


@pytest.mark.parametrize(
    ("kind", "sent", "answer"),
    [
        ("slack", {"text": "Pillars: failed\n&lt;b&gt;C31&lt;/b&gt; &amp; 'co'"}, "ok"),
        (
            "feishu",
            {"msg_type": "text", "content": {"text": "Pillars: failed\n＜b＞C31＜/b＞ & 'co'"}},
            '{"code":0,"msg":"success"}',
        ),
        (
            "dingtalk",
            {"msgtype": "text", "text": {"content": "Pillars: failed\n<b>C31</b> & 'co'"}},
            '{"errcode":0,"errmsg":"ok"}',
        ),
        (
            "wecom",
            {"msgtype": "text", "text": {"content": "Pillars: failed\n<b>C31</b> & 'co'"}},
            '{"errcode":0,"errmsg":"ok"}',
        ),
    ],
)
def test_each_service_gets_its_shape(service: Service, kind: str, sent: dict, answer: str) -> None:
    service.answers = [(200, answer)]
    webhooks.send_webhook(NOTICE, hook(kind))
    assert service.calls == [(f"/hook?access_token={TOKEN}", sent)]


def test_dingtalk_is_signed_in_the_address(service: Service) -> None:
    service.answers = [(200, '{"errcode":0}')]
    webhooks.send_webhook(NOTICE, hook("dingtalk", secret_env="HOOK_SECRET"), now=lambda: 1789353000.123)
    query = parse_qs(urlsplit(service.calls[0][0]).query)
    assert query["timestamp"] == ["1789353000123"]
    key = b"SEC-abcdef0123456789"
    wanted = hmac.new(key, b"1789353000123\nSEC-abcdef0123456789", hashlib.sha256).digest()
    assert base64.b64decode(query["sign"][0]) == wanted


def test_feishu_is_signed_in_the_message(service: Service) -> None:
    service.answers = [(200, '{"StatusCode":0,"StatusMessage":"success"}')]
    webhooks.send_webhook(NOTICE, hook("feishu", secret_env="HOOK_SECRET"), now=lambda: 1789353000.9)
    sent = service.calls[0][1]
    assert sent["timestamp"] == "1789353000"
    wanted = hmac.new(b"1789353000\nSEC-abcdef0123456789", b"", hashlib.sha256).digest()
    assert base64.b64decode(sent["sign"]) == wanted


def test_a_busy_service_is_asked_again(service: Service) -> None:
    service.answers = [(503, ""), (429, ""), (200, "ok")]
    webhooks.send_webhook(NOTICE, hook("slack"))
    assert len(service.calls) == 3


@pytest.mark.parametrize(
    ("kind", "answers", "said", "calls"),
    [
        ("slack", [(404, "no_service")], "slack answered 404", 1),
        ("dingtalk", [(200, '{"errcode":310000,"errmsg":"sign not match"}')], "dingtalk answered error 310000", 1),
        ("feishu", [(200, '{"code":19021,"msg":"sign match fail"}')], "feishu answered error 19021", 1),
        ("wecom", [(200, "<html>proxy</html>")], "wecom gave an answer that is not its own", 1),
        ("slack", [(302, "")], "slack answered 302", 1),
        ("slack", [(500, "")] * 3, "slack answered 500", 3),
    ],
)
def test_a_refusal_is_named_and_tells_no_secret(
    service: Service,
    caplog: pytest.LogCaptureFixture,
    kind: str,
    answers: list[tuple[int, str]],
    said: str,
    calls: int,
) -> None:
    service.answers = list(answers)
    with caplog.at_level(logging.INFO, logger="fourpillars"):
        sent = send(lambda lang: NOTICE, "failure", [hook(kind)])
    assert [(one.way, one.error) for one in sent] == [(kind, said)]
    assert len(service.calls) == calls
    assert TOKEN not in caplog.text + str(sent)


def test_a_host_out_of_reach_is_a_logged_failure_and_no_more(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("HOOK_URL", f"http://127.0.0.1:1/{TOKEN}")
    monkeypatch.setattr("tenacity.nap.time.sleep", lambda seconds: None)
    mail = EmailConfig(kind="email", host="127.0.0.1", port=1, sender="a@b.example", to=["c@d.example"])
    sent = send(lambda lang: NOTICE, "failure", [hook("slack"), mail])
    assert [one.error for one in sent] == ["ConnectError", "ConnectionRefusedError Connection refused"]
    assert TOKEN not in caplog.text


def test_a_secret_that_is_not_set_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOOK_URL", raising=False)
    (sent,) = send(lambda lang: NOTICE, "failure", [hook("slack")])
    assert "HOOK_URL" in sent.error


def test_only_the_events_asked_for_are_told() -> None:
    assert send(lambda lang: NOTICE, "success", [hook("slack", events=["failure", "warning"])]) == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"kind": "slack", "url_env": "U", "secret_env": "S"}, "slack signs nothing"),
        ({"kind": "slack", "url": "https://hooks.example/secret"}, "url"),
        ({"kind": "slack", "url_env": "https://hooks.example/secret"}, "url_env"),
    ],
)
def test_a_setting_that_would_hold_a_secret_is_refused(settings: dict, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        WebhookConfig(**settings)


def test_a_password_is_never_sent_in_the_clear() -> None:
    with pytest.raises(ValidationError, match="in the clear"):
        EmailConfig(kind="email", host="h", security="none", sender="a@b.c", to=["a@b.c"], password_env="P")


def test_secrets_are_masked_in_any_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "pass/word+=1")
    assert secrets.secret("A_SECRET") == "pass/word+=1"
    assert secrets.masked("a pass/word+=1 b pass%2Fword%2B%3D1 c") == "a *** b *** c"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    subprocess.run(
        ["openssl", *words.split(), "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
        check=True,
        capture_output=True,
    )
    return key, cert


class Mailbox:
    """A mail server on this machine that wants a name and a password."""

    def __init__(self, certificate: tuple[Path, Path], implicit: bool) -> None:
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import AuthResult, LoginPassword

        self.received: list[tuple[str, bytes]] = []
        self.logins: list[tuple[bytes, bytes]] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate[1], certificate[0])

        class Handler:
            async def handle_DATA(handler, server: object, session: object, envelope: object) -> str:
                self.received.append((",".join(envelope.rcpt_tos), envelope.content))
                return "250 OK"

        def login(server: object, session: object, envelope: object, mechanism: str, data: LoginPassword) -> AuthResult:
            self.logins.append((data.login, data.password))
            return AuthResult(success=data.password == b"open-sesame-1")

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        tls = {"ssl_context": context} if implicit else {"tls_context": context, "require_starttls": True}
        more = {"auth_require_tls": False} if implicit else {}
        self.controller = Controller(
            Handler(), hostname="localhost", port=self.port, authenticator=login, auth_required=True, **tls, **more
        )

    def __enter__(self) -> Mailbox:
        self.controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.controller.stop()


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_a_notice_goes_by_mail_under_tls_with_a_login(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "open-sesame-1")
    trusted = ssl.create_default_context(cafile=str(certificate[1]))
    with Mailbox(certificate, implicit=security == "ssl") as box:
        config = EmailConfig(
            kind="email", host="localhost", port=box.port, security=security, sender="site@statistics.example",
            to=["one@ministry.example", "two@bureau.example"], password_env="MAIL_PASSWORD",
        )  # fmt: skip
        email.send_email(Notice("warning", "预警：钢铁", ("利润率：1.2%（2026年8月）",)), config, trusted)
    assert box.logins == [(b"site@statistics.example", b"open-sesame-1")]
    to, content = box.received[0]
    mail = message_from_bytes(content, policy=policy.default)
    assert to == "one@ministry.example,two@bureau.example"
    assert (mail["Subject"], mail["From"]) == ("预警：钢铁", "site@statistics.example")
    assert mail.get_content().replace("\r\n", "\n") == "预警：钢铁\n\n利润率：1.2%（2026年8月）\n"


def test_a_mail_server_nobody_vouches_for_gets_nothing(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "open-sesame-1")
    with Mailbox(certificate, implicit=False) as box:
        config = EmailConfig(
            kind="email", host="localhost", port=box.port, sender="a@b.example", to=["c@d.example"],
            password_env="MAIL_PASSWORD",
        )  # fmt: skip
        (sent,) = send(lambda lang: NOTICE, "failure", [config])
    assert sent.error.startswith("SSLCertVerificationError")
    assert (box.logins, box.received) == ([], [])


RUN = Run("r", edition="2026-08", release=2, state="published", built=4, kept=8, changed=("statistics",))


def test_words_of_success_and_failure_in_both_languages() -> None:
    notice = message.of_success(RUN, "工业四大支柱", "https://s.example/", "zh")
    assert notice.title == "工业四大支柱：2026年8月第2版已发布"
    assert notice.lines[-1] == "https://s.example/2026-08.2/zh/index.html"
    failed = Run("r", edition="2026-08", state="failed", failures=tuple(f"en/industry/C{n}: why" for n in range(15)))
    notice = message.of_failure(failed, "Four Pillars", "en")
    assert notice.title == "Four Pillars · August 2026: failed"
    assert notice.lines[0] == "en/industry/C0: why"
    assert notice.lines[12:] == ("and 3 more", "What was published before is untouched.")


def test_words_of_warnings() -> None:
    one = Warned("Margin", "Steel", "1.2%", "Aug 2026")
    notice = message.of_warnings(RUN, [one], "Four Pillars", "en")
    assert notice.body == "Four Pillars: 1 new warning, August 2026\nMargin, Steel: 1.2% (Aug 2026)"


def test_a_warning_is_new_against_the_release_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = {("margin", "CN", "C31"), ("debt", "CN", "C39")}
    module = importlib.import_module("fourpillars.exhibits.snapshots")
    monkeypatch.setattr(module, "snapshot", lambda edition, project=None: edition)
    monkeypatch.setattr(warned, "in_force", lambda s: now)
    warned.keep(tmp_path, "2026-08", 1, {("margin", "CN", "C31"), ("gone", "CN", "C31")})
    assert warned.new_warnings(tmp_path, None, "2026-08", 2) == [("debt", "CN", "C39")]
    assert warned.read(tmp_path, "2026-08", 2) == now  # for the release after it
    assert warned.new_warnings(tmp_path / "other", None, "2026-08", 1) == []  # the first of all


class Told:
    """A place whose notices are kept instead of sent, and whose publication comes to what it is told."""

    def __init__(self, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        self.place, self.notices, self.result = place, [], Outcome("unchanged", "2026-08", place.out, 1)
        self.now = datetime(2026, 9, 14, 2, 30, tzinfo=UTC)
        monkeypatch.setattr("fourpillars.editions.publish.publish", self._publish)
        for module in (routine, ledger):
            monkeypatch.setattr(module, "send", lambda make, event, ways: self.notices.append(make("en")) or [])

    def _publish(self, request: Request, watch: object, started: Callable[[], None]) -> Outcome:
        started()
        if isinstance(self.result, BaseException):
            raise self.result
        return self.result

    def run(self, result: object, hours: float = 4.0) -> list[str]:
        self.result, self.now, self.notices[:] = result, self.now + timedelta(hours=hours), []
        with contextlib.suppress(FourPillarsError, RuntimeError):
            routine.publish_and_tell(Request(project=self.place.project.root), None, now=lambda: self.now)
        return [notice.event for notice in self.notices]


@pytest.fixture
def told(
    project: Path, make_release: Callable[..., Path], edit: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> Told:
    edit("reports/edition.yml", "title: {en: Tiny", "notices: [{kind: slack, url_env: U}]\ntitle: {en: Tiny")
    place = Place.of(project, None)
    make_release(place.out, "2026-08", 1)
    return Told(place, monkeypatch)


def test_what_is_told_of_a_run(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fourpillars.editions.notices.warned.new_warnings", lambda *_: [("margin", "CN", "C31")])
    monkeypatch.setattr(routine, "_of_warnings", lambda *_: Notice("warning", "one"))
    out = told.place.out
    assert told.run(Outcome("unchanged", "2026-08", out, 1)) == []
    assert told.run(Outcome("published", "2026-08", out, 2)) == ["success", "warning"]
    assert history.last(out).warnings == 1
    assert told.run(Outcome("preview", "2026-08", out)) == []
    assert told.run(AnotherRun("Another run is publishing.")) == []
    assert told.run(FourPillarsError("The disk is full.")) == ["failure"]
    assert told.run(RuntimeError("a bug")) == ["failure"]
    assert [run.state for run in history.read(out)] == [
        "unchanged", "published", "preview", "refused", "refused", "crashed",
    ]  # fmt: skip


def test_the_same_failure_is_told_once_a_day(told: Told) -> None:
    full, broken = FourPillarsError("The disk is full."), FourPillarsError("value_added.csv is broken.")
    assert [told.run(full, hours) for hours in (4, 4, 4, 17)] == [["failure"], [], [], ["failure"]]
    assert told.run(broken) == ["failure"]
    assert told.run(full) == ["failure"]
    assert told.run(Outcome("unchanged", "2026-08", told.place.out, 1)) == []
    assert told.run(full) == ["failure"]


def test_only_the_last_try_is_told(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ledger.LAST_TRY, "0")
    assert told.run(FourPillarsError("The disk is full.")) == []
    monkeypatch.setenv(ledger.LAST_TRY, "1")
    assert told.run(FourPillarsError("The disk is full.")) == ["failure"]
