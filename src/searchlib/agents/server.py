"""The server: what the protocol asks for, answered by the tools, the guide and the resources.

The package `mcp` speaks the protocol, and is imported here, in stdio.py and in http.py alone. Tools run in
threads, so that a long search holds up nobody.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import anyio.to_thread
import mcp_types as types
from mcp.server import Server
from mcp.shared.exceptions import MCPError

import searchlib

from . import guide, resources
from .budget import as_json
from .refusals import Refusal, refusal_of
from .texts import clean
from .tools import ToolSpec, call, tools_of

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext

    from .catalog import Catalog

_THREADS = 8
_MAX_NAMES = 20
PROMPT = "search_in_two_languages"


def server_of(catalog: Catalog) -> Server[Any]:
    """A server of the catalog's tools, for any transport."""
    handlers = _Handlers(catalog)
    return Server(
        "searchlib",
        title="searchlib",
        version=searchlib.__version__,
        description="Full-text search in English and Russian",
        instructions=guide.instructions(catalog),
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_list_resource_templates=handlers.list_templates,
        on_read_resource=handlers.read_resource,
        on_list_prompts=handlers.list_prompts,
        on_get_prompt=handlers.get_prompt,
    )


class _Handlers:
    """One method for each request."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._limiter = anyio.CapacityLimiter(_THREADS)

    async def _in_a_thread(self, function: Any, *, abandon: bool = True) -> Any:
        return await anyio.to_thread.run_sync(function, abandon_on_cancel=abandon, limiter=self._limiter)

    async def list_tools(
        self, context: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        tools = tools_of(self._catalog).values()
        return types.ListToolsResult(tools=[_tool(one, list(self._catalog)) for one in tools])

    async def call_tool(
        self, context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        tool = tools_of(self._catalog).get(params.name)
        run = partial(call, self._catalog, params.name, params.arguments)
        try:
            # What is written is not left alone half done.
            answer = await self._in_a_thread(run, abandon=tool is None or tool.is_destructive is None)
        except Refusal as refusal:
            # Without structured content: clients would hold it against the schema of answers.
            text = types.TextContent(type="text", text=as_json(refusal.as_dict()))
            return types.CallToolResult(content=[text], is_error=True)
        text = types.TextContent(type="text", text=as_json(answer))
        return types.CallToolResult(content=[text], structured_content=answer)

    async def list_resources(
        self, context: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        found = [
            types.Resource(
                uri=resources.uri_of(name),
                name=name,
                description=f"The index {name}: its fields and the number of its documents",
                mime_type="application/json",
            )
            for name in self._catalog
        ]
        return types.ListResourcesResult(resources=found)

    async def list_templates(
        self, context: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        template = types.ResourceTemplate(
            uri_template=resources.TEMPLATE,
            name="document",
            description="The text of a document, by its index and its id, as search gives them",
            mime_type="text/plain",
        )
        return types.ListResourceTemplatesResult(resource_templates=[template])

    async def read_resource(
        self, context: ServerRequestContext[Any], params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        uri = str(params.uri)
        try:
            text, media = await self._in_a_thread(partial(resources.read_resource, self._catalog, uri))
        except Exception as error:
            refusal = error if isinstance(error, Refusal) else refusal_of(error)
            code = (
                types.INTERNAL_ERROR if refusal.kind in ("internal", "unavailable") else types.INVALID_PARAMS
            )
            raise MCPError(code, str(refusal), {"uri": uri, **refusal.as_dict()}) from None
        contents = types.TextResourceContents(uri=uri, text=text, mime_type=media)
        return types.ReadResourceResult(contents=[contents])

    async def list_prompts(
        self, context: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
    ) -> types.ListPromptsResult:
        question = types.PromptArgument(name="question", description="What is to be answered", required=True)
        index = types.PromptArgument(name="index", description="Which index; the first if none is named")
        prompt = types.Prompt(
            name=PROMPT,
            title="Answer from the documents",
            description="How to search in English and Russian, and to answer a question from what is found",
            arguments=[question, index],
        )
        return types.ListPromptsResult(prompts=[prompt])

    async def get_prompt(
        self, context: ServerRequestContext[Any], params: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        arguments = params.arguments or {}
        if params.name != PROMPT:
            raise MCPError(
                types.INVALID_PARAMS, f"there is no prompt {params.name!r:.80}; there is: {PROMPT}"
            )
        if not arguments.get("question"):
            raise MCPError(types.INVALID_PARAMS, f"{PROMPT} wants the argument question")
        ask = partial(guide.prompt, self._catalog, arguments["question"], arguments.get("index"))
        try:
            text = await self._in_a_thread(ask)
        except Refusal as refusal:
            raise MCPError(types.INVALID_PARAMS, str(refusal)) from None
        message = types.PromptMessage(role="user", content=types.TextContent(type="text", text=text))
        return types.GetPromptResult(messages=[message])


def _tool(spec: ToolSpec, indexes: list[str]) -> types.Tool:
    """A tool as it is listed, with the names of the indexes, for clients that pass over instructions."""
    reads = spec.is_destructive is None
    first, *others = indexes
    named = f"Which index: {first}, if none is named"
    index = {"type": "string", "description": clean(", or ".join([named, *others[:_MAX_NAMES]]))}
    return types.Tool(
        name=spec.name,
        title=spec.title,
        description=spec.description,
        input_schema={**spec.takes, "properties": {**spec.takes["properties"], "index": index}},
        output_schema=spec.gives,
        annotations=types.ToolAnnotations(
            title=spec.title,
            read_only_hint=reads,
            destructive_hint=bool(spec.is_destructive),
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )
