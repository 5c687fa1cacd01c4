"""Whether a file is an export of Telegram's, told by what it begins with. It is read elsewhere."""

from __future__ import annotations

import re

_KIND = (
    r'"(?:saved_messages|personal_chat|bot_chat|(?:private|public)_(?:group|supergroup|channel)|replies'
    r'|verification_codes)"'
)
_IS_CHAT = re.compile(rf'"type"\s*:\s*{_KIND}[\s\S]{{0,500}}?"messages"\s*:\s*\[')
_IS_MESSAGE = re.compile(r'"(?:date_unixtime|text_entities|from_id|actor_id)"\s*:')


def is_telegram(start: str) -> bool:
    """Whether a JSON text is an export: a chat of a kind of Telegram's, with messages such as it writes."""
    return (
        start[:1] == "{"
        and (found := _IS_CHAT.search(start)) is not None
        and (_IS_MESSAGE.search(start, found.end(), found.end() + 5_000) is not None)
    )


def is_telegram_page(start: str) -> bool:
    """Whether a page is one of an export."""
    return 'class="page_body chat_page"' in start and 'class="history"' in start
