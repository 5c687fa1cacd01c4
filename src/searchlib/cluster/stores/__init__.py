"""Collections in object stores (s3://, gs://, az://): `publishing` puts one there, `syncing` makes a folder
of it.

Files are objects named by what they hold, written once. One small object says which of them a version is; it
comes last. Nothing is searched where it lies: a reader has all of its version in a folder of its own.
"""
