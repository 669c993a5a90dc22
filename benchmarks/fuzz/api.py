class Api:
    def __init__(self, seed, work): ...
    def case(self): return ""
    def end(self): return ""
