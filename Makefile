# Every command a maintainer runs; each is a job of run.py, which needs Python 3.11 and nothing else.
.PHONY: demo test check soak coverage evaluate docs images lock gazetteer

# -- use
demo: ## the sample register, its desk and its public site on 127.0.0.1
	python3 run.py demo

# -- check
test: ## every test
	python3 run.py test
check: ## what CI runs
	python3 run.py check
soak: ## the long tests
	python3 run.py soak
evaluate: ## scores of the reading
	python3 run.py evaluate

coverage: ## how much of the code the tests run
	python3 run.py coverage

# -- make
docs: ## the reference pages that are made from the code
	python3 run.py docs
images: ## screenshots in docs/images
	python3 run.py images
lock: ## the lock files, anew (needs uv)
	uv pip compile --quiet --upgrade --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 requirements/run.in -o requirements/run.txt
	cd requirements && uv pip compile --quiet --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 -c run.txt reading.in -o reading.txt
	uv pip compile --quiet --upgrade --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 requirements/check.in -o requirements/check.txt
	uv pip compile --quiet --upgrade --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 requirements/models.in -o requirements/models.txt
gazetteer: ## the table of place names, from GeoNames data
	.venv/bin/python scripts/build_gazetteer.py
	.venv/bin/python scripts/build_transcriptions.py
