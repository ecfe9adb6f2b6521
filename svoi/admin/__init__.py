"""The tables of the installation for its operators: facts to look at, a few plain words to correct."""
