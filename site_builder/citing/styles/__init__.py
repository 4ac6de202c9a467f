"""Citations in GB/T 7714—2025 (numeric), APA 7, Chicago 18 and MLA 9.

Nothing is invented: a work without page numbers is cited without them, and an access date that is not known
is left out.  Titles keep the spelling of the record: no style changes their capitals.  ``docs/citations.md``
lists where the entries differ from those of a style file, with the clause of the standard.  These are the
choices where the styles leave one:

- A passage or sentence is named by its number and its id: in an entry of GB/T and in a note ``para. 12
  (#p12)``, in a citation in the text ``para. 12, #p12``.  Entries of the other lists name no place; their
  address leads to it.
- A name in another script is also given in Latin letters (APA: only in Latin letters); an institution has its
  form in Latin letters alone.  A title in Latin letters comes before the original, and the translation
  follows in square brackets (Chicago 18, 13.101); APA has no original characters.  APA and Chicago have the
  translation in sentence case (``title_gloss``), MLA as the record has it (``title_en``).
- A list of authors inverts alphabetic names (Chicago and MLA only the first), not names in Han characters.
  The Latin form of such a name keeps its order, family name first, without a comma (Li Ming); APA abbreviates
  the given name and needs the comma (Li, M.).
- A comma precedes "and" between two names if the first is inverted; in APA if one of the two is.
- APA omits a publisher that is also the author (9.29).
- GB/T has the day of access of every web page (8.11).  The other styles give it for a web page without a date
  (APA 7, 9.16; Chicago 18, 14.104).
- Chicago and MLA name a series, as their style files do; the other two omit it.
"""
