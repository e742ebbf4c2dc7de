"""The version of the package: what stands in archives of batches and in the answer to ``--version``."""

__version__ = "0.1.0"
