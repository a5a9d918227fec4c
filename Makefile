# The commands are in ./nep; these are their short names, and what only maintainers need.
.PHONY: demo test check prove lock

demo test check prove:
	./nep $@

# Every version again from pyproject.toml, with hashes and without the names of hosts.
COMPILE = .venv/bin/uv pip compile --quiet --generate-hashes --universal --no-header --no-annotate --python-version 3.11
lock:
	$(COMPILE) --upgrade pyproject.toml --extra dev --output-file requirements-dev.lock
	$(COMPILE) --constraint requirements-dev.lock pyproject.toml --output-file requirements.lock
	$(COMPILE) --constraint requirements-dev.lock pyproject.toml --extra ldap --output-file requirements-ldap.lock
	$(COMPILE) --constraint requirements-dev.lock pyproject.toml --extra spark --output-file requirements-spark.lock
	echo uv | $(COMPILE) --upgrade - --output-file requirements-uv.lock
