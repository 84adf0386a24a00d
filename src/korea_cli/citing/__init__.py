"""How sources are cited: which ones a report rests on, each as an item of CSL, and styles that put it into words."""
