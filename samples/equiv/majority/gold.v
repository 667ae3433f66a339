// Majority of three and the sum of the bits, as one would specify them.
module majority(input a, b, c, output most, output [1:0] count);
  assign count = a + b + c;
  assign most = count >= 2;
endmodule
