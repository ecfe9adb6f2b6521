"""The gateway: carries facts down to the browsers of live rooms, and their chatter up; it never invents a fact."""
