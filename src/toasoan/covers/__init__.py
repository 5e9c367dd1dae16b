"""One drawn cover for each article that has no photograph.

A cover depends on nothing but its arguments: the same article has the same cover on every machine, in every
language and after every build. It is meant for `<img>`: its class names and ids are short and would clash if two
covers stood inline in one page. The drawing box is 16:9; whatever matters lies in its central square, so that the
page can crop it to 4:3 or 1:1 by `object-fit: cover`.

`cover` draws, `look` tells without drawing what will be seen. Pure: no files, no clock, no chance.
"""
