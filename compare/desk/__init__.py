"""The desk: a program in the browser of this machine that holds drafts against an archive, and keeps decisions."""
