"""The pages on which meetings are planned and the office is looked after."""
