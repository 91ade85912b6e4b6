"""Notices by e-mail."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from fourpillars.editions.notices.message import Notice
from fourpillars.editions.notices.secrets import secret
from fourpillars.editions.settings import EmailConfig

TIMEOUT = 20.0


def compose(notice: Notice, config: EmailConfig) -> EmailMessage:
    """Return the message; a title of several lines cannot bring a header of its own.

    Examples
    --------
    >>> config = EmailConfig(kind="email", host="mail.example", sender="a@b.example", to=["c@d.example"])
    >>> compose(Notice("test", "One\\nBcc: e@f.example"), config)["Subject"]
    'One Bcc: e@f.example'
    """
    message = EmailMessage()
    message["Subject"] = " ".join(notice.title.split())
    message["From"] = config.sender
    message["To"] = ", ".join(config.to)
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=config.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join([notice.title, "", *notice.lines]) + "\n", charset="utf-8")
    return message


def send_email(notice: Notice, config: EmailConfig, context: ssl.SSLContext | None = None) -> None:
    """Send a notice. Where STARTTLS is asked for and not offered, nothing is sent.

    Parameters
    ----------
    context : ssl.SSLContext, optional
        Whom to trust; by default the system's authorities.

    Raises
    ------
    OSError, smtplib.SMTPException
        If it does not go out.
    """
    password, username = secret(config.password_env), secret(config.username_env)
    context = context or ssl.create_default_context()
    if config.security == "ssl":
        server = smtplib.SMTP_SSL(config.host, config.port, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(config.host, config.port, timeout=TIMEOUT)
    with server:
        if config.security == "starttls":
            server.starttls(context=context)
        if password:
            server.login(username or config.sender, password)
        server.send_message(compose(notice, config))
