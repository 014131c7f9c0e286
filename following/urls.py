from django.urls import path

from following import views

app_name = "following"
urlpatterns = [
    path("follow/", views.follow, name="follow"),
    path("tell/", views.tell, name="tell"),
]
