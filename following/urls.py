from django.urls import path

app_name = "following"
urlpatterns = []
