"""Who may import whom: runs import-linter, whose own program would not survive a space in the path."""

from importlinter.cli import lint_imports

if __name__ == "__main__":
    raise SystemExit(lint_imports(cache_dir="var/cache/imports", no_logo=True))
