"""The control room: who steers a show, where its rundown stands, and all its crew does together."""
