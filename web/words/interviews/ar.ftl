# interviews
