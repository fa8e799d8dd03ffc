"""For all tests: a property is judged by what holds; how long an example took depends on what else the machine does."""

from hypothesis import settings

settings.register_profile("twinbook", deadline=None)
settings.load_profile("twinbook")
