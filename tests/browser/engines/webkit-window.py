#!/usr/bin/python3
"""A bare WebKitGTK window of any size and zoom, and somebody at it.

The browser's own automation is not used: under WebKitWebDriver 2.50.6 the page's process died in every second
story while it collected garbage, in a plain window in about one of ten. So presses and keys are events of the toolkit, as
they are when somebody is there, and what can be read is asked of the view.

A line on standard input is a request in JSON, {"id": number, "do": name, ...}; each gets one line on standard
output: {"id": number, "value": anything} or {"id": number, "error": text}.

What it is told about the browser, by its environment:
  WINDOW_DATA     folder where the browser keeps things; without it nothing is kept, as in a private window
  WINDOW_PROXY    address of the proxy that knows the test's host names
  WINDOW_LANGUAGE what the browser asks pages for
  WINDOW_ZOOM     full page zoom: 1 is 100 %
  WINDOW_SCRIPTS  "no": pages may not run scripts
  WINDOW_STORAGE  "no": pages may keep neither databases nor local storage
  WINDOW_COOKIES  "no": no cookie is taken
"""
import base64
import io
import json
import os
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gdk, GLib, Gtk, WebKit2

said = os.environ.get
data = said("WINDOW_DATA")
if data:
    manager = WebKit2.WebsiteDataManager(base_data_directory=data, base_cache_directory=os.path.join(data, "cache"))
else:
    manager = WebKit2.WebsiteDataManager.new_ephemeral()
# The certificates are the test's own.
manager.set_tls_errors_policy(WebKit2.TLSErrorsPolicy.IGNORE)
# What Safari does by default.
manager.set_itp_enabled(True)
if said("WINDOW_PROXY"):
    proxy = WebKit2.NetworkProxySettings.new(said("WINDOW_PROXY"), ["localhost", "127.0.0.1"])
    manager.set_network_proxy_settings(WebKit2.NetworkProxyMode.CUSTOM, proxy)

context = WebKit2.WebContext.new_with_website_data_manager(manager)
context.set_preferred_languages([said("WINDOW_LANGUAGE", "en")])
cookies = context.get_cookie_manager()
if data:
    cookies.set_persistent_storage(os.path.join(data, "cookies.sqlite"), WebKit2.CookiePersistentStorage.SQLITE)
if said("WINDOW_COOKIES") == "no":
    cookies.set_accept_policy(WebKit2.CookieAcceptPolicy.NEVER)

settings = WebKit2.Settings()
settings.set_enable_javascript_markup(said("WINDOW_SCRIPTS") != "no")
if said("WINDOW_STORAGE") == "no":
    settings.set_enable_html5_database(False)
    settings.set_enable_html5_local_storage(False)
view = WebKit2.WebView(web_context=context, settings=settings)
zoom = float(said("WINDOW_ZOOM", "1"))
view.set_zoom_level(zoom)
window = Gtk.Window()
window.set_decorated(False)
window.set_default_size(390, 844)
window.add(view)
window.show_all()
view.grab_focus()


POINTER = (Gdk.EventType.BUTTON_PRESS, Gdk.EventType.BUTTON_RELEASE)


def event(kind, **fields):
    """Gives the window an event as the display would."""
    it = Gdk.Event.new(kind)
    pointer = kind in POINTER
    part = it.button if pointer else it.focus_change if kind == Gdk.EventType.FOCUS_CHANGE else it.key
    part.window = (view if pointer else window).get_window()
    part.send_event = True
    for name, value in fields.items():
        setattr(part, name, value)
    seat = Gdk.Display.get_default().get_default_seat()
    device = seat.get_pointer() if pointer else seat.get_keyboard()
    it.set_device(device)
    it.set_source_device(device)
    Gtk.main_do_event(it)


def look_at_it():
    """There is no window manager that would give the window the keyboard; each has its own."""
    event(Gdk.EventType.FOCUS_CHANGE, **{"in_": 1})


def now():
    return GLib.get_monotonic_time() // 1000


def answer(request, **what):
    print(json.dumps({"id": request["id"], **what}), flush=True)


# ---- going somewhere: answered when the page is there, or another one that it led to

waiting = []


def arrived(_, change):
    if change == WebKit2.LoadEvent.FINISHED:
        while waiting:
            answer(waiting.pop(), value=None)


def failed(_, __, uri, error):
    # A page that leads on at once has not failed; its successor arrives.
    if not error.matches(WebKit2.NetworkError.quark(), WebKit2.NetworkError.CANCELLED):
        while waiting:
            answer(waiting.pop(), error=f"{uri}: {error.message}")
    return False


view.connect("load-changed", arrived)
view.connect("load-failed", failed)


def ended(_, why):
    # A phone ends a page that has no memory left. Then what Safari does: load again.
    print(f"the process of {view.get_uri()} ended ({why.value_nick}); loaded again", file=sys.stderr, flush=True)
    view.reload()


view.connect("web-process-terminated", ended)


def go(request):
    waiting.append(request)
    view.load_uri(request["url"])


def crash(request):
    """Ends the page's process, as a phone does that has no memory left."""
    view.terminate_web_process()
    answer(request, value=None)


def back(request):
    view.go_back()
    answer(request, value=None)


# ---- reading


def url(request):
    answer(request, value=view.get_uri())


def evaluate(request):
    def done(_, result):
        try:
            answer(request, value=json.loads(view.evaluate_javascript_finish(result).to_string()))
        except GLib.Error as error:
            answer(request, error=error.message)

    view.evaluate_javascript(request["script"], -1, None, None, None, done)


def shot(request):
    def done(_, result):
        try:
            picture = io.BytesIO()
            view.get_snapshot_finish(result).write_to_png(picture)
            answer(request, value=base64.b64encode(picture.getvalue()).decode())
        except GLib.Error as error:
            answer(request, error=error.message)

    view.get_snapshot(WebKit2.SnapshotRegion.VISIBLE, WebKit2.SnapshotOptions.NONE, None, done)


# ---- acting


def act(request, last, work):
    """Answers when the page has had the event `last` that `work` ends with, or is gone because of it."""

    def ask():
        view.evaluate_javascript("window.wasThere", -1, None, None, None, asked)
        return False

    def asked(_, result):
        try:
            waits = view.evaluate_javascript_finish(result).to_string() == "not yet"
        except GLib.Error:
            waits = False
        if waits and now() < until:
            GLib.timeout_add(10, ask)
        else:
            answer(request, value=None)

    def ready(_, result):
        try:
            view.evaluate_javascript_finish(result)
        except GLib.Error as error:
            # The page's process has ended; whoever acts may do it again on the page that was loaded since.
            answer(request, error=error.message)
            return
        work()
        ask()

    until = now() + 2000
    heard = f'addEventListener("{last}", () => setTimeout(() => {{ wasThere = "yes"; }}), {{ once: true, capture: true }});'
    view.evaluate_javascript(f'window.wasThere = "not yet"; {heard} 0', -1, None, None, None, ready)


def click(request):
    """At a place in the page; unit: points of the page, before zoom."""
    x, y = request["x"] * zoom, request["y"] * zoom

    def press():
        for kind, state in zip(POINTER, (0, Gdk.ModifierType.BUTTON1_MASK)):
            event(kind, x=x, y=y, x_root=x, y_root=y, button=1, state=state, time=now())

    act(request, "mouseup", press)


def key(request):
    """A key by its name or letter, with or without Shift."""
    name = request["key"]
    value = Gdk.unicode_to_keyval(ord(name)) if len(name) == 1 else Gdk.keyval_from_name(name)
    found, entries = Gdk.Keymap.get_for_display(Gdk.Display.get_default()).get_entries_for_keyval(value)
    code = entries[0].keycode if found else 0
    state = Gdk.ModifierType.SHIFT_MASK if request.get("shift") else 0

    def press():
        for kind in (Gdk.EventType.KEY_PRESS, Gdk.EventType.KEY_RELEASE):
            event(kind, keyval=value, hardware_keycode=code, state=state, time=now())

    act(request, "keyup", press)


def size(request):
    wanted = (request["width"], request["height"])
    window.resize(*wanted)

    def there():
        if (view.get_allocated_width(), view.get_allocated_height()) != wanted:
            return True
        answer(request, value=None)
        return False

    GLib.timeout_add(20, there)


does = {"go": go, "crash": crash, "back": back, "url": url, "evaluate": evaluate, "shot": shot, "click": click, "key": key, "size": size}
heard = b""


def hear(channel, condition):
    global heard
    some = os.read(channel, 65536)
    if not some:
        Gtk.main_quit()
        return False
    *lines, heard = (heard + some).split(b"\n")
    for line in lines:
        request = json.loads(line)
        does[request["do"]](request)
    return True


GLib.io_add_watch(0, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, hear)
GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, 15, Gtk.main_quit)
GLib.idle_add(look_at_it)
version = f"WebKitGTK {WebKit2.get_major_version()}.{WebKit2.get_minor_version()}.{WebKit2.get_micro_version()}"
print(json.dumps({"id": 0, "value": version}), flush=True)
Gtk.main()
