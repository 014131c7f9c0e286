"""Every public address. It serves under the whole site's addresses and, with ASSURANCE_SITE=public, alone."""

from django.urls import include, path, register_converter

from publications.views import about, actions, calendars, lists, logs, meetings, register, search, themes


class Export:
    """The formats in which a list can be taken away: the same address with .csv, .json or .atom."""

    regex = "csv|json|atom"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Export, "export")

public = [
    path("", lists.home, name="home"),
    path("meetings/", meetings.index, name="meetings"),
    path("meetings.<export:format>", meetings.export, name="meetings_export"),
    path("meetings.ics", calendars.calendar, name="calendar"),
    path("meetings/<slug:slug>/", meetings.meeting, name="meeting"),
    path("meetings/<slug:slug>/agenda/", meetings.agenda, name="agenda"),
    path("meetings/<slug:slug>/notes.pdf", meetings.notes_pdf, name="notes_pdf"),
    path("meetings/<slug:slug>/notes.json", meetings.notes_json, name="notes_json"),
    path("meetings/<slug:slug>/notes.xml", meetings.notes_xml, name="notes_xml"),
    path("meetings/<slug:slug>/editions/", meetings.editions, name="editions"),
    path("meetings/<slug:slug>/editions/<int:number>/", meetings.edition, name="edition"),
    path("meetings/<slug:slug>/editions/<int:number>/notes.pdf", meetings.notes_pdf, name="edition_pdf"),
    path("meetings/<slug:slug>/editions/<int:number>/notes.json", meetings.notes_json, name="edition_json"),
    path("themes/", themes.index, name="themes"),
    path("themes.<export:format>", themes.export, name="themes_export"),
    path("themes/<slug:slug>/", themes.theme, name="theme"),
    path("themes/<slug:slug>/feed.atom", themes.export_theme, {"format": "atom"}, name="theme_feed"),
    path("themes/<slug:slug>.<export:format>", themes.export_theme, name="theme_export"),
    path("actions/", actions.index, name="actions"),
    path("actions.<export:format>", actions.export, name="actions_export"),
    path("actions/editions/", logs.editions, name="log_editions"),
    path("actions/editions/<int:number>/", logs.edition, name="log_edition"),
    path("actions/editions/<int:number>/actions.pdf", logs.edition_pdf, name="log_pdf"),
    path("actions/editions/<int:number>/actions.json", logs.edition_json, name="log_json"),
    path("actions/<slug:slug>/", actions.action, name="action"),
    path("search/", search.results, name="search"),
    path("search.<export:format>", search.export, name="search_export"),
    path("feed.atom", lists.feed, name="feed"),
    path("sitemap.xml", lists.sitemap, name="sitemap"),
    path("robots.txt", lists.robots, name="robots"),
    path("register/", register.index, name="register"),
    path("register.<export:format>", register.export, name="register_export"),
    path("about/", about.about, name="about"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
    path("cookies/", about.cookies, name="cookies"),
    path("schema/notes-1.json", about.schema, name="schema"),
    path("schema/actions-1.json", about.actions_schema, name="actions_schema"),
    path("identity.css", about.identity_css, name="identity_css"),
    path("health/", about.health, name="health"),
]
# The namespace is named here, so that these addresses have it also where this is the root.
urlpatterns = [path("", include((public, "publications")))]
