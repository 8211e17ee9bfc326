.PHONY: demo test

demo:
	python3 tasks.py demo

test:
	python3 tasks.py test
