"""Names that `make lint` finds nowhere used in the package, and why they are there."""

# mypy: ignore-errors
# ruff: noqa: B018, F821

# Python, click and io call these.
memo
object_hook
object_pairs_hook
parse_float
parse_int
parse_constant
__class_getitem__
__wrapped__
__reduce__
__getattr__
__dir__
list_commands
format_commands
get_command
get_help_option
get_default
showwarning
readable
readinto
exception
dont_write_bytecode
traceback
trace
# expat asks for these.
buffer_text
text_factory
buffer_size
StartElementHandler
EndElementHandler
CharacterDataHandler
EntityDeclHandler
SkippedEntityHandler
# The registry of formats names these in strings.
is_html
read_tsv
read_mbox
read_arrow
whole_document
# What a language may say goes on behind an abbreviation.
NUMBER
# The public library.
asearch
ainstant
change_field
unfinished_change
to_dicts
_repr_html_
header_fetch_parse
last_run
changed
delete_by_query
rollback
total_lower_bound
num_files_read
# Named in a string.
UUID
# What front ends made for InstantSearch are told, as types for a document, and what they may ask for.
processing_time_ms
estimated_total_hits
total_pages
total_hits
facet_distribution
facet_stats
facet_hits
commit_sha
commit_date
pkg_version
number_of_documents
raw_document_db_size
avg_document_size
is_indexing
number_of_embeddings
number_of_embedded_documents
field_distribution
ranking_score_threshold
vector
hybrid
personalize
exhaustive_facet_count
# Of a build of a collection, for whoever watches it.
num_tasks
num_tasks_done
total_is

# Templates of the page read these.
is_narrowed
is_border
# What uvicorn calls and reads.
send_400_response
keep_alive
handle_exit
# Starlette reads it.
background

# Answers to searchlib's own client, as types for a document.
schema_fingerprint
dropped_values
explanations
updated
