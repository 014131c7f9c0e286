"""Plans, their priorities, and the themes that serve them."""

from meetings.forms.fields import Form, ModelForm, Together, put_ends_after_starts
from meetings.models import Plan, Priority, Theme
from web import forms


class PlanForm(ModelForm):
    heading = "Add a plan"
    submit = "Save plan"
    missing = {"title": "Enter the title of the plan", "starts": "Enter the first day of the plan"}

    class Meta:
        model = Plan
        fields = ["title", "starts", "ends"]
        labels = {"starts": "First day", "ends": "Last day"}
        help_texts = {"title": "For example Police and Crime Plan 2025 to 2029"}

    def clean(self):
        cleaned = super().clean()
        put_ends_after_starts(self, "starts", "ends", "Last day")
        return cleaned


class ChangePlanForm(Together, PlanForm):
    heading = "Change this plan"


class PriorityForm(Form):
    heading = "Priority"
    submit = "Save priority"

    title = forms.Line("Priority", max_length=200, missing="Enter the priority")


class ChangePriorityForm(Together, PriorityForm):
    heading = "Change this priority"


class ThemeForm(ModelForm):
    heading = "Add a theme"
    submit = "Save theme"
    refused_at = "name"
    missing = {"name": "Enter the name of the theme"}

    priorities = forms.ModelMultipleChoiceField(
        Priority.objects.filter(plan__removed_at=None).select_related("plan"),
        label="Priorities that it serves. Select all that apply",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Theme
        fields = ["name"]
        help_texts = {"name": "As the public reads it, for example Domestic abuse"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        priorities = self.fields["priorities"]
        priorities.is_optional = False
        priorities.label_from_instance = lambda priority: f"{priority.title} ({priority.plan.title})"
        if not priorities.queryset.exists():
            del self.fields["priorities"]


class ChangeThemeForm(Together, ThemeForm):
    heading = "Change this theme"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["priorities"] = [priority.pk for priority in self.instance.priorities.all()]
