"""What people type when they plan meetings and look after the office. Each form is one question: its `heading`."""
