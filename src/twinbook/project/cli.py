"""The twinbook command: reads its words, hands them to one of the commands, and turns troubles into sentences."""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections.abc import Sequence
from types import ModuleType

from twinbook.project.commands import (
    backup,
    capture,
    compare,
    demo,
    exchange,
    export,
    import_,
    import_register,
    init,
    publish,
    read,
    restore,
    serve,
    watch,
)
from twinbook.project.commands import list as listing
from twinbook.project.console import Trouble
from twinbook.project.environment import SettingError

BROKEN = 70  # exit code of an error in the software itself (sysexits.h, EX_SOFTWARE)
COMMANDS: dict[str, ModuleType] = {
    "read": read,
    "init": init,
    "serve": serve,
    "watch": watch,
    "capture": capture,
    "import": import_,
    "compare": compare,
    "publish": publish,
    "list": listing,
    "exchange": exchange,
    "export": export,
    "import-register": import_register,
    "backup": backup,
    "restore": restore,
    "demo": demo,
}


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command, with examples in each command's help."""
    whole = argparse.ArgumentParser(
        prog="twinbook", description="A register of a city's cooperation with its twin towns."
    )
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in COMMANDS.items():
        own = commands.add_parser(
            name,
            help=module.HELP,
            description=module.HELP,
            epilog=module.EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.arguments(own)
    return whole


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the code is 0 (done), 1 (not all of it done), 2 (the words are off) or 70 (our fault)."""
    options = parser().parse_args(words)
    try:
        return int(COMMANDS[options.command].run(options))
    except Trouble as trouble:
        print(f"twinbook {options.command}: {trouble}", file=sys.stderr)
        return trouble.code
    except SettingError as error:
        print(f"twinbook {options.command}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stderr.close()
        return 0
    except Exception as error:  # the last resort: a sentence for the user, the whole story for whoever mends it
        print(f"twinbook {options.command}: {_kept(error)}", file=sys.stderr)
        return BROKEN


def _kept(error: Exception) -> str:
    """A sentence on an error that nobody foresaw, which says where its story was written."""
    story = "".join(traceback.format_exception(error))
    with tempfile.NamedTemporaryFile(
        "w", prefix="twinbook-error-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(story)
    return f"something went wrong that should not ({type(error).__name__}); nothing was lost. Please send {file.name}"


if __name__ == "__main__":
    sys.exit(main())
