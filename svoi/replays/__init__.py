"""What a show leaves behind: chapters, clips, drafts, a log of claims, a debrief, and the hosts' cards."""
