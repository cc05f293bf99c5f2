"""A synthetic archive of any size, straight into archive.db: ``make synthetic REQUESTS=100000 DIR=folder``.

How it is made. A small world of the stand-in (800 requests) goes into an archive by the parsers and the write path of
the crawl, without HTTP (``direct``), and ``wdtk read``'s own readers read it (``kernel``). Its threads are taken apart
(``pattern``, ``threadform``) and copied (``copying``): with numbers, addresses, days, authority, requester, title,
reference numbers and paragraphs of their own. What was read in a letter is placed anew in the copy's own text
(``letterform``), so each quote is true of it; ``forming`` takes for each letter the freest form of which samples are
read as they say. ``extras`` adds letters and files, ``history`` runs, lists and tombstones, ``ledger`` what a crawl
would have asked. Rows are inserted in bulk, the indexes and triggers made at the end (``bulk``). Nothing asks for a
site; ``wdtk publish --archive DIR/archive`` publishes it like any other archive.

What is not as in a real archive. A file's bytes are a few words, whatever its ending, since only its text is of use
(the stand-in's own odd files are whole); with ``--few-files`` only what publishing opens is written, and then ``wdtk
verify`` says of each other file that it is missing, and nothing else. Requesters share one JSON for all their requests
and copies share one page, so ``files`` has fewer rows than a crawl's. ``mentions`` is empty. The paragraphs with which
authorities refuse are the stand-in's, so families of them are few and large.

What it is meant to be like, and what it is (10,000 requests, seed 1; ``measure`` measures, a test holds it to that):

=========================================  =========  ========  =====================================================
figure                                     meant      measured  from
=========================================  =========  ========  =====================================================
messages a request                         5          4.9       five million in a million: the site's own scale
most messages of a request                 50-100     83        assumed: Pareto, exponent 1 / 0.62
attachments a request                      3.5        3.5       3.5 million of a million requests (mySociety)
citations a request                        3          3.5       three million in a million; the stand-in's letters
requests of 2022 / of all                  8.5 %      8.5 %     109,653 made in the year to October 2022 (mySociety)
requests hidden or deleted                 1.1 %      1.1 %     1,381 of 109,653 in that year (mySociety)
of requests refused by the Act, by s. 40   45 %       38 %      44.8 % of those of government in 2011 (Cabinet Office)
of requests, to the top 1 % of bodies      a third    33 %      assumed: Zipf-Mandelbrot, exponent 1.05, shift 8
bodies asked once or never                 most       74 %      assumed, likewise
attachments whose file another is too      half       52 %      assumed: logos and signatures
characters a message                       1,000      835       assumed: lognormal, those of acknowledgements short
characters a page                          1,600      1,610     assumed: lognormal
pages a document                           2          1.8       assumed: Pareto, exponent 1 / 0.68
different words / 44 * n ** 0.49           1          1.2       the news of Reuters (RCV1)
10th : 1,000th commonest word              90         100       Zipf-Mandelbrot, exponent 1.07, shift 2.7
=========================================  =========  ========  =====================================================

A request takes 30 kB in archive.db and 28 kB in public.db, and its files 2 blocks of the disk; 1,200 to 1,600 requests
are made in a second of processor time, with some 210 MB of memory (245 MB while the small archive is made).
"""
