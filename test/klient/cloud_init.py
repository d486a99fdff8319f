# In: a request as JSON on stdin. Out: what the real cloud-init, and the PyYAML that it reads with, make of it, as JSON on stdout.
import json
import sys

import yaml
from cloudinit import handlers, user_data
from cloudinit.config import schema
from cloudinit.handlers.cloud_config import CloudConfigPartHandler
from cloudinit.url_helper import StringResponse


class Paths:
    """Nothing of the machine that this runs on is read or written."""

    def get_ipath(self, name):
        return None

    def get_ipath_cur(self, name):
        return "/nonexistent"

    def get_cpath(self, name):
        return "/nonexistent"

    def get_runpath(self, name):
        return "/nonexistent"


def read(text, included):
    """What cloud-init makes of user data: its cloud-config, merged, and the other parts."""
    data = text.encode("utf-8")
    user_data.read_file_or_url = lambda url, **rest: StringResponse(included[url])
    message = user_data.UserDataProcessor(Paths()).process(data)
    config = CloudConfigPartHandler(Paths())
    config.handle_part(None, handlers.CONTENT_START, None, None, None, None)
    others = []

    def take(data, filename, payload, headers):
        content_type = headers["Content-Type"]
        if content_type in ("text/cloud-config", "text/cloud-config-jsonp"):
            config.handle_part(data, content_type, filename, payload, None, headers)
        elif payload:
            others.append({"type": content_type, "text": payload})

    handlers.walk(message, take, None)
    return {"config": config.cloud_buf or {}, "others": others}


def problems(config):
    try:
        schema.validate_cloudconfig_schema(config, schema.get_schema(), strict=True)
        return None
    except schema.SchemaValidationError as error:
        return str(error)


def merge(parts):
    config = CloudConfigPartHandler(Paths())
    for index, part in enumerate(parts):
        headers = {"Merge-Type": part["mergeType"]} if part["mergeType"] else {}
        config.handle_part(None, "text/cloud-config", str(index), part["text"], None, headers)
    return config.cloud_buf


def load(text):
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        return {"error": str(error)}


def answer(request):
    if "read" in request:
        result = read(request["read"], request.get("included", {}))
        return {**result, "problems": problems(result["config"])}
    if "merge" in request:
        return merge(request["merge"])
    return [load(text) for text in request["yaml"]]


requests = json.load(sys.stdin)
print(json.dumps([answer(request) for request in requests], default=str))
