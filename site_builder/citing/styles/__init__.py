"""Bibliography entries in four styles: GB/T 7714—2015 (numeric), APA 7, Chicago 17 and MLA 9.

Nothing is invented: a work without page numbers is cited without them.  Titles keep the spelling of the
record: no style changes their capitals.  These are the choices where the styles leave one, or where a style
file cannot follow them:

- A name in another script is also given in Latin letters (APA: only in Latin letters).  A translated title
  follows the title in square brackets, outside of its quotation marks (Chicago 18, 13.101), as in the
  record.
- A list of authors inverts alphabetic names (Chicago and MLA only the first), not names in Han characters.
  The Latin form of such a name keeps its order, family name first, without a comma (Li Ming; Chicago 17,
  8.15); APA abbreviates the given name and needs the comma (Li, M.).
- A comma precedes "and" between two names if the first is inverted; in APA if one of the two is.
- GB/T writes ``第3卷`` and ``2版``, as in the examples of the standard, and ``et al`` for a work in a
  language other than Chinese (8.1.2).
- APA omits a publisher that is also the author (9.29).
- GB/T requires the access date (4.6.2).  The other styles give it for a web page without a date (APA 7,
  9.16; Chicago 17, 14.12).  It is in ISO 8601 format, since scripts fill it in, unless the record has it.
- GB/T puts a place in the text before the dates (4.6.2) and the version after the title (8.3).
- Chicago and MLA name a series, as their style files do; the other two omit it.
"""
