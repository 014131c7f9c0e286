from django.urls import path

from review import log_views, reading_back, views

app_name = "review"
urlpatterns = [
    path("meetings/<int:pk>/check/", views.check, name="check"),
    path("meetings/<int:pk>/check/settle/", views.settle, name="settle"),
    path("meetings/<int:pk>/check/settled/<int:doubt>/", views.unsettle, name="unsettle"),
    path("meetings/<int:pk>/check/send/", views.send, name="send"),
    path("meetings/<int:pk>/check/reopen/", views.reopen, name="reopen"),
    path("meetings/<int:pk>/check/approve/", views.approve, name="approve"),
    path("meetings/<int:pk>/check/publish/", views.publish, name="publish"),
    path("meetings/<int:pk>/preview/", views.preview, name="preview"),
    path("meetings/<int:pk>/draft.pdf", reading_back.draft, name="draft"),
    path("meetings/<int:pk>/compare/", reading_back.compare, name="compare"),
    path("meetings/<int:pk>/published/", views.published, name="published"),
    path("actions/publish/", log_views.check, name="log"),
    path("actions/publish/now/", log_views.publish, name="publish_log"),
    path("actions/publish/preview/", log_views.preview, name="log_preview"),
    path("actions/publish/reasons/<int:pk>/", log_views.reason, name="public_reason"),
]
