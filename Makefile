# What people do with this repository. Each line calls a small program in tools/.
PYTHON ?= python3
export PYTHON_NAMED := $(filter-out file,$(origin PYTHON))

.DEFAULT_GOAL := help
.PHONY: help run stack test check soak bench types messages lock screens clean

help:     ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run:      ## install, build, migrate, load the demo and serve on http://127.0.0.1:8000 (PORT= changes it)
	@$(PYTHON) -m tools.run

stack:    ## the second layout on this machine: PostgreSQL, Redis, gunicorn, two processes for sockets, nginx
	@$(PYTHON) -m tools.stack

test:     ## every test: both databases, front end, browser, and all checks (ONLY= names some stages)
	@$(PYTHON) -m tools.test

check:    ## the fast checks, without services: lint, types, imports, migrations, Vitest
	@$(PYTHON) -m tools.test checks vitest

soak:     ## the proofs of docs/promises.md at their full size, which takes long
	@$(PYTHON) -m tools.test soak

bench:    ## measure, and write bench/RESULTS.md (ONLY= measures some of it anew)
	@$(PYTHON) -m tools.inside bench.run

types:    ## write the front end's API types from the server's OpenAPI
	@$(PYTHON) -m tools.api_types

messages: ## collect the server's texts, and compile their translations into 简体中文
	@$(PYTHON) -m tools.messages

lock:     ## compile pyproject.toml into the two lock files (UPGRADE=--upgrade renews all pins)
	@$(PYTHON) -m tools.lock $(UPGRADE)

screens:  ## pictures of every page, in both languages, light and dark, wide and on a phone
	@$(PYTHON) -m tools.inside tools.screens

clean:    ## remove what was installed and built; the data in var/ stays
	@rm -rf .venv frontend/node_modules frontend/dist var/stamps var/cache var/log
