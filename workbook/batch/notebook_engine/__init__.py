"""Running a notebook: papermill's engine with a kernel, and one without."""
