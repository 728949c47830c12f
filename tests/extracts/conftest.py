from hypothesis import settings

settings.register_profile("extracts", deadline=None)
"""Each example writes files and reads them: how long that takes says nothing about the reader."""
settings.load_profile("extracts")
